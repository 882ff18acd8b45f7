import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { bind } from '../../../src/core/account/binding';
import { settleDevice } from '../../../src/core/account/register-device';
import { joinBusiness } from '../../../src/core/businesses/create-business';
import { Session } from '../../../src/core/businesses/session';
import { createBackup } from '../../../src/core/businesses/backups';
import type { BusinessContext } from '../../../src/core/context';
import { bringBackIssued } from '../../../src/core/features/invoices/bring-back';
import { openLedger } from '../../../src/core/numbering/ledger';
import { loadPdfRenderer } from '../../../src/core/pdf/load-renderer';
import { openReplica } from '../../../src/core/replica/replica';
import { createSyncEngine, type Round, type SyncEngine } from '../../../src/core/sync/engine';
import { movedIn } from '../../../src/core/sync/live-sync';
import { countWaiting } from '../../../src/core/sync/outbox-repository';
import { SyncFailure, type SyncTransport } from '../../../src/core/sync/transport';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { businessInput } from '../../../src/shared/domain/business';
import type { BusinessUid, DeviceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { PdfRenderer } from '../../../src/shared/pdf/renderer';
import { settingsOf } from '../../../backend/services/invoices/testing/scratch-context';
import {
  type DeviceRegistration,
  PROTOCOL_VERSION,
  type RegisteredDevice,
} from '../../../src/shared/contracts/sync/protocol';
import type { Cloud } from './cloud';
import { fastDirectory } from './fast-directory';

/** Thrown where a process ends: nothing after it happens. */
export class Killed extends Error {}

let renderer: Promise<PdfRenderer> | null = null;

let empty: string | null = null;

/** A replica that has its tables and nothing in them. */
function emptyReplica(): string {
  if (empty !== null) return empty;
  empty = join(mkdtempSync(join(fastDirectory(), 'doccentr-empty-')), 'replica.sqlite');
  openReplica(empty, { now: () => new Date(), onChange: () => undefined }).close();
  return empty;
}

/** For the end of all schedules. */
export function removeEmptyReplica(): void {
  if (empty !== null) rmSync(dirname(empty), { recursive: true, force: true });
  empty = null;
}

export interface DeviceOptions {
  readonly name: string;
  readonly root: string;
  /** The world's clock; each device has its own error on top. */
  readonly now: () => number;
}

export interface HowToSync {
  /** `all`: asks every collection, as after a start; otherwise those that a poll says have moved. */
  readonly asks: 'all' | 'moved';
  readonly checkpoint: () => Promise<void>;
}

/** One machine: a data directory, the app's own session on it, and its sync. */
export class Device {
  readonly name: string;
  readonly directory: string;
  /** How wrong this machine's clock is. */
  skewMs = 0;
  /** Whether what was done since the last backup may be gone. */
  backupId: string | null = null;
  #session: Session;
  /** What the next round takes in, as src/core/sync/live-sync.ts keeps it. */
  #moved: Set<SyncCollection> | 'all' = 'all';
  #isAgain = false;

  private constructor(
    private readonly options: DeviceOptions,
    directory: string,
  ) {
    this.name = options.name;
    this.directory = directory;
    this.#session = this.#openSession();
  }

  /** A machine that joins the business: its first pull brings everything. */
  static async join(
    options: DeviceOptions,
    cloud: Cloud,
    transport: SyncTransport,
  ): Promise<Device> {
    const device = new Device(options, mkdtempSync(join(options.root, `${options.name}-`)));
    const registered = await registerPatiently(transport, {
      protocol: PROTOCOL_VERSION,
      device: newUid<DeviceUid>(),
      name: options.name,
      replaces: null,
    });
    await device.#joinAs(registered, cloud.tenant);
    return device;
  }

  /** As `Session.join`, on a copy of an empty replica: making its tables takes long. */
  async #joinAs({ device, letter }: RegisteredDevice, uid: BusinessUid): Promise<void> {
    const now = () => new Date(this.options.now());
    const profile = {
      ...businessInput.parse(settingsOf()),
      uid,
      isDemo: false,
      createdAt: now().toISOString(),
    };
    const paths = this.#session.pathsOf(uid);
    mkdirSync(paths.directory, { recursive: true });
    mkdirSync(dirname(paths.ledger), { recursive: true });
    copyFileSync(emptyReplica(), paths.replica);
    const replica = openReplica(paths.replica, { now, onChange: () => undefined });
    joinBusiness(replica, profile, device, (scope) =>
      bind(scope, { accountId: 'account', device, letter }),
    );
    replica.close();
    openLedger(paths.ledger, uid).close();
    this.#session.registry.keep(profile);
    this.#session.registry.bind(uid, 'account');
    await this.#session.open(uid);
  }

  #openSession(): Session {
    return new Session({
      dataDirectory: this.directory,
      now: () => new Date(this.options.now() + this.skewMs),
      emit: () => undefined,
      pdfRenderer: () => (renderer ??= loadPdfRenderer()),
      fetchPaper: () => Promise.resolve(null),
      bringBack: bringBackIssued,
    });
  }

  get context(): BusinessContext {
    const { context } = this.#session;
    if (context === null) {
      throw new Error(
        `${this.name} has no open business: ${JSON.stringify(this.#session.problem)}`,
      );
    }
    return context;
  }

  /** One round of sync, after a poll if it is to take in only what moved. */
  async sync(transport: SyncTransport, { asks, checkpoint }: HowToSync): Promise<Round> {
    const { context } = this;
    const engine = createSyncEngine({
      replica: context.replica,
      transport,
      device: () => context.deviceUid,
      checkpoint,
      told: () => undefined,
      taken: () => undefined,
      settleDevice: (isForked) =>
        settleDevice(
          {
            replica: context.replica,
            name: this.name,
            register: (asked) => transport.register(asked),
          },
          isForked,
        ),
    });
    if (asks === 'all') this.#moved = 'all';
    else await this.#poll(engine, transport);
    return await this.#round(engine);
  }

  async #poll(engine: SyncEngine, transport: SyncTransport): Promise<void> {
    const known = engine.known();
    try {
      const found = await transport.poll(known, 0, new AbortController().signal);
      const moved = movedIn(known, found);
      if (this.#moved !== 'all') for (const one of moved) this.#moved.add(one);
    } catch (error) {
      this.#moved = 'all';
      throw error;
    }
  }

  async #round(engine: SyncEngine): Promise<Round> {
    const wanted = this.#moved;
    const hasNews = wanted === 'all' || wanted.size > 0 || this.#isAgain;
    if (!hasNews && this.context.replica.read(countWaiting) === 0) return 'done';
    this.#moved = new Set();
    this.#isAgain = false;
    try {
      const round = await engine.syncOnce(wanted === 'all' ? undefined : wanted);
      this.#isAgain = round === 'again';
      if (round === 'renewed') await this.restart();
      return round;
    } catch (error) {
      this.#moved = wanted;
      throw error;
    }
  }

  /** The process ends and starts again. */
  async restart(): Promise<void> {
    this.#session.close();
    await this.#start();
  }

  async #start(): Promise<void> {
    this.#session = this.#openSession();
    this.#moved = 'all';
    await this.#session.resume();
  }

  /** Another machine with the very same disk. */
  async fork(name: string): Promise<Device> {
    this.#session.close();
    const directory = mkdtempSync(join(this.options.root, `${name}-`));
    cpSync(this.directory, directory, { recursive: true });
    const copy = new Device({ ...this.options, name }, directory);
    copy.skewMs = this.skewMs;
    await copy.#session.resume();
    await this.#start();
    return copy;
  }

  async backUp(): Promise<void> {
    const { paths } = this.#session;
    if (paths === null) return;
    const now = new Date(this.options.now() + this.skewMs);
    const { id } = await createBackup(this.context.replica, paths.backups, 'manual', now);
    this.backupId = id;
  }

  /** Puts the last backup in place of the replica; issued documents come back from the ledger. */
  async restore(): Promise<boolean> {
    if (this.backupId === null) return false;
    await this.#session.restore(this.backupId);
    this.#moved = 'all';
    return true;
  }

  /** What it told and was told, for whoever looks for the cause of a failure. */
  describe(): string {
    const { connection } = this.context.replica;
    const lines = ['outbox', 'attention', 'sync_log', 'waiting_records'].flatMap((table) =>
      connection
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .map((row) => `  ${table} ${JSON.stringify(row)}`),
    );
    return [`${this.name}:`, ...lines].join('\n');
  }

  remove(): void {
    this.#session.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A person tries again until it works. */
async function registerPatiently(
  transport: SyncTransport,
  registration: DeviceRegistration,
): Promise<RegisteredDevice> {
  for (;;) {
    try {
      return await transport.register(registration);
    } catch (error) {
      if (!(error instanceof SyncFailure)) throw error;
    }
  }
}
