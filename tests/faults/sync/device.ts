import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { bind } from '../../../src/core/account/binding';
import { settleDevice } from '../../../src/core/account/register-device';
import { Session } from '../../../src/core/businesses/session';
import { createBackup } from '../../../src/core/businesses/backups';
import type { BusinessContext } from '../../../src/core/context';
import { bringBackIssued } from '../../../src/core/features/invoices/bring-back';
import { loadPdfRenderer } from '../../../src/core/pdf/load-renderer';
import { createSyncEngine, type Round } from '../../../src/core/sync/engine';
import type { SyncTransport } from '../../../src/core/sync/transport';
import { businessInput } from '../../../src/shared/domain/business';
import type { DeviceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { PdfRenderer } from '../../../src/shared/pdf/renderer';
import { settingsOf } from '../../../backend/services/invoices/testing/scratch-context';
import { PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import type { Cloud } from './cloud';

/** Thrown where a process ends: nothing after it happens. */
export class Killed extends Error {}

let renderer: Promise<PdfRenderer> | null = null;

export interface DeviceOptions {
  readonly name: string;
  readonly root: string;
  /** The world's clock; each device has its own error on top. */
  readonly now: () => number;
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

  private constructor(
    private readonly options: DeviceOptions,
    directory: string,
  ) {
    this.name = options.name;
    this.directory = directory;
    this.#session = this.#openSession();
  }

  /** A machine that joins the business: its first pull brings everything. */
  static async join(options: DeviceOptions, cloud: Cloud): Promise<Device> {
    const device = new Device(options, mkdtempSync(join(options.root, `${options.name}-`)));
    const registered = await cloud.register({
      protocol: PROTOCOL_VERSION,
      device: newUid<DeviceUid>(),
      name: options.name,
      replaces: null,
    });
    await device.#session.join(
      {
        ...businessInput.parse(settingsOf()),
        uid: cloud.tenant,
        isDemo: false,
        createdAt: new Date(options.now()).toISOString(),
      },
      registered.device,
      'account',
      (scope) => bind(scope, { accountId: 'account', ...registered }),
    );
    return device;
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

  /** One round of sync; ends by `Killed` at the wanted checkpoint. */
  async sync(transport: SyncTransport, killAt: number | null): Promise<Round> {
    let passed = 0;
    const { context } = this;
    const engine = createSyncEngine({
      replica: context.replica,
      transport,
      device: () => context.deviceUid,
      checkpoint: async () => {
        if (killAt !== null && passed === killAt) throw new Killed();
        passed += 1;
        await Promise.resolve();
      },
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
    const round = await engine.syncOnce();
    if (round === 'renewed') await this.restart();
    return round;
  }

  /** The process ends and starts again. */
  async restart(): Promise<void> {
    this.#session.close();
    this.#session = this.#openSession();
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
    this.#session = this.#openSession();
    await this.#session.resume();
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
