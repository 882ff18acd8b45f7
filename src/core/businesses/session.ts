import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import type { CoreEvent } from '../../shared/contracts/core-protocol';
import type { Business, NewBusiness } from '../../shared/domain/business';
import type { BusinessUid, DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import type { Result } from '../../shared/domain/result';
import { ok, refused } from '../../shared/domain/result';
import type { PdfRenderer } from '../../shared/pdf/renderer';
import type { BusinessContext } from '../context';
import { LedgerDamage, openLedger } from '../numbering/ledger';
import { readBinding } from '../account/binding';
import { openReplica, type WriteScope } from '../replica/replica';
import { startAutomaticBackups } from './automatic-backups';
import { readBusiness } from './business-repository';
import { createBusiness, joinBusiness, recreateBusiness } from './create-business';
import {
  openBusiness,
  putAside,
  putBack,
  type OpenedBusiness,
  type ReplicaProblem,
} from './open-business';
import { recallSettings, rememberSettings } from './remembered-settings';
import { finishMove, moveBusiness } from './move-business';
import { openRegistry, pathsOf, type BusinessPaths, type Registry } from './registry';
import { isDamage, setAside } from './set-aside';
import { createToday } from './today';

export interface SessionOptions {
  readonly dataDirectory: string;
  readonly now: () => Date;
  readonly emit: (event: CoreEvent) => void;
  readonly pdfRenderer: () => Promise<PdfRenderer>;
  /** The PDF that the cloud keeps of a document; null where it is not had. */
  readonly fetchPaper: (
    context: BusinessContext,
    uid: string,
    sha256: string,
  ) => Promise<Buffer | null>;
  /** Brings issued documents that the replica lacks back from the ledger; answers how many. */
  readonly bringBack: (context: BusinessContext) => Promise<number>;
  /** See ReplicaOptions. */
  readonly checkpointThread?: URL | undefined;
}

interface OpenState {
  readonly uid: BusinessUid;
  readonly paths: BusinessPaths;
  readonly context: BusinessContext;
  readonly stopBackups: () => void;
}

/**
 * Which business is open. At most one is: its replica, its ledger and its backups. Switching
 * closes the one before.
 */
export class Session {
  readonly registry: Registry;
  #open: OpenState | null = null;
  #problem: ReplicaProblem | null = null;
  /** Of the open business; kept because the settings are long (they hold the logo). */
  #timeZone = 'UTC';

  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SessionOptions) {
    mkdirSync(options.dataDirectory, { recursive: true });
    this.registry = openRegistry(options.dataDirectory);
    finishMove(options.dataDirectory, this.registry);
  }

  /** Opening and restoring take a while; a second wish in the meantime waits for its turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** The files of any business. */
  pathsOf(uid: BusinessUid): BusinessPaths {
    return pathsOf(this.options.dataDirectory, uid);
  }

  /** Null while no business is open, or when its replica has a problem. */
  get context(): BusinessContext | null {
    return this.#open?.context ?? null;
  }

  get problem(): ReplicaProblem | null {
    return this.#problem;
  }

  /** The files of the business that is, or should be, open. */
  get paths(): BusinessPaths | null {
    const uid = this.registry.currentUid();
    return uid === null ? null : pathsOf(this.options.dataDirectory, uid);
  }

  /** Opens the business that was open last, if any. */
  async resume(): Promise<void> {
    const uid = this.registry.currentUid();
    if (uid !== null) await this.open(uid);
  }

  /**
   * Opens another business in place of the open one. Answers how many issued documents had to be
   * brought back from the ledger.
   */
  async open(uid: BusinessUid): Promise<number> {
    this.#closeOpen();
    this.#problem = null;
    this.registry.choose(uid);
    const { dataDirectory, now, emit, checkpointThread } = this.options;
    const paths = pathsOf(dataDirectory, uid);
    const opening = await openBusiness({
      uid,
      paths,
      now,
      checkpointThread,
      onChange: (collections) => {
        if (collections.includes('settings')) this.#settingsChanged();
        emit({ event: 'changed', collections: [...collections] });
      },
    });
    let broughtBack = 0;
    if (opening.kind === 'problem') this.#problem = opening.problem;
    else broughtBack = await this.#use(uid, paths, opening.business);
    emit({ event: 'app_state' });
    return broughtBack;
  }

  async #use(uid: BusinessUid, paths: BusinessPaths, business: OpenedBusiness): Promise<number> {
    const { now, emit, pdfRenderer } = this.options;
    const today = createToday(now);
    const { replica, ledger, deviceUid } = business;
    const context: BusinessContext = {
      businessUid: uid,
      deviceUid,
      replica,
      ledger,
      pdfRenderer,
      fetchPaper: (document, sha256) => this.options.fetchPaper(context, document, sha256),
      now,
      today: () => today(this.#timeZone),
      emit,
    };
    let broughtBack: number;
    try {
      broughtBack = await this.options.bringBack(context);
    } catch (error) {
      replica.close();
      ledger.close();
      if (error instanceof LedgerDamage) this.#problem = { kind: 'ledger_missing' };
      else if (isDamage(error)) this.#problem = putAside({ paths, now });
      else throw error;
      return 0;
    }
    const stopBackups = startAutomaticBackups({
      replica,
      ledger,
      directory: paths.backups,
      now,
      onDamage: () => this.reportDamage(),
    });
    this.#open = { uid, paths, context, stopBackups };
    this.#problem = null;
    this.#settingsChanged();
    // A backup from before it was uploaded, or a crash right after: the replica says what is so.
    this.registry.bind(uid, replica.read(readBinding)?.accountId ?? null);
    return broughtBack;
  }

  /** What the registry and the ledger repeat of the settings follows them. */
  #settingsChanged(): void {
    if (this.#open === null) return;
    const { uid, context } = this.#open;
    const { name, currency, isDemo, timeZone } = context.replica.read(readBusiness);
    this.#timeZone = timeZone;
    try {
      this.registry.keep({ uid, name, currency, isDemo });
      rememberSettings(context.replica, context.ledger);
    } catch (error) {
      // The change itself is committed and stays; the next one, or the next start, repeats it.
      if (isDamage(error)) throw error;
    }
  }

  /** Makes a business with its replica and ledger, and opens it. */
  async create(input: NewBusiness): Promise<void> {
    const uid = newUid<BusinessUid>();
    const paths = pathsOf(this.options.dataDirectory, uid);
    mkdirSync(paths.directory, { recursive: true });
    mkdirSync(dirname(paths.ledger), { recursive: true });
    const replica = openReplica(paths.replica, { now: this.options.now, onChange: () => {} });
    createBusiness(replica, uid, newUid<DeviceUid>(), input);
    replica.close();
    openLedger(paths.ledger, uid).close();
    const { name, currency, isDemo } = input;
    this.registry.keep({ uid, name, currency, isDemo });
    await this.open(uid);
  }

  /** Gives a business another uid, with all its files. Nothing is open afterwards if it was. */
  move(from: BusinessUid, to: BusinessUid): void {
    if (this.#open?.uid === from) this.#closeOpen();
    moveBusiness(this.options.dataDirectory, this.registry, from, to);
  }

  /** Removes a business from this machine, except for the ledger of its numbers. */
  remove(uid: BusinessUid): void {
    if (this.#open?.uid === uid) this.#closeOpen();
    if (this.registry.currentUid() === uid) this.#problem = null;
    this.registry.remove(uid);
    rmSync(pathsOf(this.options.dataDirectory, uid).directory, { recursive: true, force: true });
  }

  /**
   * Makes the replica of a business that comes from the cloud, and opens it. `bind` tells whose it
   * is, in the transaction that makes it.
   */
  async join(
    profile: Business,
    deviceUid: DeviceUid,
    accountId: string,
    bind: (scope: WriteScope) => void,
  ): Promise<void> {
    const { uid, name, currency, isDemo } = profile;
    const paths = pathsOf(this.options.dataDirectory, uid);
    // What an earlier try left that was cut off: no business of the registry.
    rmSync(paths.directory, { recursive: true, force: true });
    mkdirSync(paths.directory, { recursive: true });
    mkdirSync(dirname(paths.ledger), { recursive: true });
    const replica = openReplica(paths.replica, { now: this.options.now, onChange: () => {} });
    joinBusiness(replica, profile, deviceUid, bind);
    replica.close();
    openLedger(paths.ledger, uid).close();
    this.registry.keep({ uid, name, currency, isDemo });
    this.registry.bind(uid, accountId);
    await this.open(uid);
  }

  /** The ledger turned out to be damaged while open: nothing more is issued from it. */
  reportLedgerDamage(): void {
    if (this.#open === null) return;
    this.#closeOpen();
    this.#problem = { kind: 'ledger_missing' };
    this.options.emit({ event: 'app_state' });
  }

  /** The replica turned out to be damaged while open: sets it aside and tells the screens. */
  reportDamage(): void {
    const open = this.#open;
    if (open === null) return;
    this.#closeOpen();
    this.#problem = putAside({ paths: open.paths, now: this.options.now });
    this.options.emit({ event: 'app_state' });
  }

  /**
   * Puts a backup in place of the replica and opens it; issued documents that it lacks come back
   * from the ledger. Answers how many. Throws, changing nothing, for a damaged backup.
   */
  async restore(backupId: string): Promise<number> {
    const uid = this.registry.currentUid();
    const paths = this.paths;
    if (uid === null || paths === null) throw new Error('no business to restore');
    this.#closeOpen();
    try {
      await putBack(paths, uid, backupId);
    } catch (error) {
      await this.open(uid);
      throw error;
    }
    return await this.open(uid);
  }

  /**
   * Goes on without a backup after damage: an empty replica with the settings and the issued
   * documents that the ledger kept. Answers how many documents came back.
   */
  async startEmpty(): Promise<Result<number>> {
    const uid = this.registry.currentUid();
    const paths = this.paths;
    if (uid === null || paths === null || this.#problem?.kind !== 'corrupted') {
      throw new Error('only a business whose replica was set aside can start empty');
    }
    // An empty file in place of a lost ledger would let its numbers be issued again.
    if (!existsSync(paths.ledger)) return refused('', 'nothing_to_start_from');
    // What an earlier try left that was cut off.
    if (existsSync(paths.replica)) setAside(paths.replica, paths.setAside, this.options.now());
    const ledger = openLedger(paths.ledger, uid);
    const replica = openReplica(paths.replica, { now: this.options.now, onChange: () => {} });
    recreateBusiness(replica, uid, newUid<DeviceUid>(), recallSettings(ledger));
    replica.close();
    ledger.close();
    rmSync(paths.problem, { force: true });
    return ok(await this.open(uid));
  }

  close(): void {
    this.#closeOpen();
  }

  #closeOpen(): void {
    if (this.#open === null) return;
    this.#open.stopBackups();
    this.#open.context.replica.close();
    this.#open.context.ledger.close();
    this.#open = null;
    this.#problem = null;
  }
}
