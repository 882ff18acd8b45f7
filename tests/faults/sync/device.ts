import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { takeUp } from '../../../src/core/account/adopt';
import type { Account } from '../../../src/core/account/account';
import { bind, readBinding } from '../../../src/core/account/binding';
import { registerReplica } from '../../../src/core/account/register-device';
import { readBusiness } from '../../../src/core/businesses/business-repository';
import { createBusiness, joinBusiness } from '../../../src/core/businesses/create-business';
import { Session } from '../../../src/core/businesses/session';
import { createBackup } from '../../../src/core/businesses/backups';
import type { BusinessContext } from '../../../src/core/context';
import { bringBackIssued } from '../../../src/core/features/invoices/bring-back';
import { currentSeries } from '../../../src/core/numbering/device-series';
import { recreateLedger } from '../../../src/core/numbering/recreate-ledger';
import { loadPdfRenderer } from '../../../src/core/pdf/load-renderer';
import type { Round } from '../../../src/core/sync/engine';
import { syncHandlers, type SyncMethod } from '../../../src/core/sync/sync-handlers';
import type { SyncHost } from '../../../src/core/sync/sync-host';
import type { SyncTransport } from '../../../src/core/sync/transport';
import type { HandlersOf } from '../../../src/core/host/handlers';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import { businessInput } from '../../../src/shared/domain/business';
import type { BusinessUid, DeviceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { PdfRenderer } from '../../../src/shared/pdf/renderer';
import { settingsOf } from '../../../backend/services/invoices/testing/scratch-context';
import { PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import type { Cloud } from './cloud';
import { copyDisk, layOut } from './disks';
import { lastNumberOf } from './last-number';
import { registerPatiently } from './register-patiently';
import { type Checkpoint, type HowToSync, Rounds } from './rounds';

/** Thrown where a process is killed: what still happens reaches nothing (`Device.kill`). */
export class Killed extends Error {}

let renderer: Promise<PdfRenderer> | null = null;

export interface DeviceOptions {
  readonly name: string;
  readonly root: string;
  /** The world's clock; each device has its own error on top. */
  readonly now: () => number;
}

const ACCOUNT = 'account';

/** Handlers that the harness calls ask neither for the account nor for what syncs in the background. */
const NO_ACCOUNT = new Promise<Account>(() => undefined);
const NO_HOST = { tell: () => undefined } as unknown as SyncHost;

/** One machine: a data directory, the app's own session on it, and its sync. */
export class Device {
  readonly name: string;
  /** How wrong this machine's clock is. */
  skewMs = 0;
  /** What its user may do in the cloud. */
  role: Role = 'owner';
  backupId: string | null = null;
  /** Its numbers cannot be brought back any more from where no backup reaches. */
  hasLostLedger = false;
  #directory: string;
  /** What its disk held when its process was killed; null while it lives. */
  #left: string | null = null;
  #session: Session;
  /** Since the process began. */
  #rounds = new Rounds();

  private constructor(
    private readonly options: DeviceOptions,
    directory: string,
  ) {
    this.name = options.name;
    this.#directory = directory;
    this.#session = this.#openSession();
  }

  static #begin(options: DeviceOptions): Device {
    return new Device(options, mkdtempSync(join(options.root, `${options.name}-`)));
  }

  /** A machine that joins the business: its first pull brings everything. */
  static async join(
    options: DeviceOptions,
    cloud: Cloud,
    transport: SyncTransport,
  ): Promise<Device> {
    const device = Device.#begin(options);
    const registered = await registerPatiently(transport, {
      protocol: PROTOCOL_VERSION,
      device: newUid<DeviceUid>(),
      name: options.name,
      replaces: null,
    });
    const uid = cloud.tenant;
    const createdAt = device.#now().toISOString();
    const profile = { ...businessInput.parse(settingsOf()), uid, isDemo: false, createdAt };
    await device.#keep(profile, (replica) =>
      joinBusiness(replica, profile, registered.device, (scope) =>
        bind(scope, { accountId: ACCOUNT, ...registered }),
      ),
    );
    device.#session.registry.bind(uid, ACCOUNT);
    return device;
  }

  /** A machine on which somebody works without an account. */
  static async alone(options: DeviceOptions): Promise<Device> {
    const device = Device.#begin(options);
    const uid = newUid<BusinessUid>();
    const { name, address, currency, terms, timeZone } = businessInput.parse(settingsOf());
    const input = { name, currency, terms, timeZone, country: address.country, isDemo: false };
    await device.#keep({ ...input, uid }, (replica) =>
      createBusiness(replica, uid, newUid<DeviceUid>(), { ...input, tax: null }),
    );
    return device;
  }

  async #keep(
    business: Parameters<Session['registry']['keep']>[0],
    fill: Parameters<typeof layOut>[3],
  ): Promise<void> {
    layOut(this.#session, business.uid, () => this.#now(), fill);
    this.#session.registry.keep(business);
    await this.#session.open(business.uid);
  }

  /** What it holds of the business itself. */
  get profile(): object {
    return this.context.replica.read(readBusiness);
  }

  get isAlone(): boolean {
    return this.context.replica.read(readBinding) === null;
  }

  /** Takes what it has into the business, as src/core/account/adopt.ts does. */
  async adopt(into: BusinessUid, transport: SyncTransport, checkpoint: Checkpoint): Promise<void> {
    const { businessUid } = this.context;
    if (businessUid !== into) {
      this.#session.move(businessUid, into);
      await this.#session.open(into);
    }
    const { replica, deviceUid } = this.context;
    await checkpoint();
    const registered = await registerReplica(
      { replica, name: this.name, register: (asked) => transport.register(asked) },
      { device: deviceUid, replaces: null },
    );
    await checkpoint();
    takeUp(replica, { accountId: ACCOUNT, ...registered }, into);
    await checkpoint();
    this.#session.registry.bind(into, ACCOUNT);
    await this.restart();
  }

  #openSession(): Session {
    return new Session({
      dataDirectory: this.#directory,
      now: () => this.#now(),
      emit: () => undefined,
      pdfRenderer: () => (renderer ??= loadPdfRenderer()),
      fetchPaper: () => Promise.resolve(null),
      bringBack: bringBackIssued,
    });
  }

  #now(): Date {
    return new Date(this.options.now() + this.skewMs);
  }

  /** How sync stands and what a person decides about it, as the screens ask. */
  get handlers(): HandlersOf<SyncMethod> {
    return syncHandlers({ session: this.#session, account: NO_ACCOUNT, host: NO_HOST });
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
  async sync(transport: SyncTransport, how: HowToSync): Promise<Round> {
    const round = await this.#rounds.begin(this.context, this.name, transport, how);
    if (round === 'renewed') await this.restart();
    return round;
  }

  /**
   * The process ends at this moment, as by SIGKILL: what it still does, cleaning up after the
   * exception that ends it here, reaches a disk that nobody has any more.
   */
  kill(): void {
    this.#left = mkdtempSync(join(this.options.root, `${this.name}-`));
    copyDisk(this.#directory, this.#left);
  }

  /** The process ends, unless it was killed, and starts again. */
  async restart(): Promise<void> {
    this.#session.close();
    if (this.#left !== null) {
      rmSync(this.#directory, { recursive: true, force: true });
      this.#directory = this.#left;
      this.#left = null;
    }
    await this.#start();
  }

  async #start(): Promise<void> {
    this.#session = this.#openSession();
    this.#rounds = new Rounds();
    await this.#session.resume();
  }

  /** Another machine with the very same disk. */
  async fork(name: string): Promise<Device> {
    this.#session.close();
    const directory = mkdtempSync(join(this.options.root, `${name}-`));
    copyDisk(this.#directory, directory);
    const copy = new Device({ ...this.options, name }, directory);
    copy.skewMs = this.skewMs;
    copy.role = this.role;
    copy.hasLostLedger = this.hasLostLedger;
    await copy.#session.resume();
    await this.#start();
    return copy;
  }

  async backUp(): Promise<void> {
    const { paths } = this.#session;
    if (paths === null) return;
    const { replica } = this.context;
    const { id } = await createBackup(replica, paths.backups, 'manual', this.#now());
    this.backupId = id;
  }

  /** Puts the last backup in place of the replica; issued documents come back from the ledger. */
  async restore(): Promise<boolean> {
    if (this.backupId === null) return false;
    await this.#session.restore(this.backupId);
    this.#rounds = new Rounds();
    return true;
  }

  /**
   * The file of the issued numbers is gone: the app asks for the last number, and opens new series
   * unless the replica knows that one as its last (R3). Answers whether there was anything to ask.
   */
  async loseLedger(issued: readonly string[]): Promise<boolean> {
    const { paths } = this.#session;
    if (paths === null) return false;
    const own = this.context.replica.read(currentSeries).find(({ kind }) => kind === 'invoice');
    if (own === undefined) return false;
    this.#session.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(`${paths.ledger}${ending}`, { force: true });
    await this.#start();
    this.hasLostLedger = true;
    const uid = this.#session.registry.currentUid();
    if (uid === null || this.#session.problem?.kind !== 'ledger_missing') return false;
    const last = lastNumberOf(own, issued, this.#now().getUTCFullYear());
    const recreated = recreateLedger(paths, uid, last, () => this.#now());
    if (!recreated.ok) throw new Error(`${last}: ${JSON.stringify(recreated.error)}`);
    await this.#start();
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
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
