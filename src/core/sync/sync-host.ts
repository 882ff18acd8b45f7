import type { SyncStatus, TransferRate } from '../../shared/contracts/app-api/sync';
import type { CoreEvent } from '../../shared/contracts/core-protocol';
import { ok } from '../../shared/domain/result';
import type { Account } from '../account/account';
import { createAccountTransport } from '../account/account-transport';
import { readBinding } from '../account/binding';
import { settleDevice } from '../account/register-device';
import type { Session } from '../businesses/session';
import { isDamage } from '../businesses/set-aside';
import type { BusinessContext } from '../context';
import { CallLog } from './call-log';
import { createSyncEngine } from './engine';
import type { FailedCall, OnFailedCall } from './failed-call';
import { type LivePhase, type LiveSync, startLiveSync } from './live-sync';
import { bringOriginals, hasOriginals } from './original-papers';
import { countWaiting } from './outbox-repository';
import { logRound } from './round-log';
import { RoundTransfers } from './round-transfers';
import { SpacedTelling } from './spaced-telling';
import { statusAlone, statusOf } from './status';
import { logLine, readFact, saveFact } from './sync-state';

export interface SyncHostOptions {
  readonly session: Session;
  readonly account: () => Promise<Account>;
  readonly emit: (event: CoreEvent) => void;
  readonly now: () => Date;
  /** A call that failed while no business is open, whose log would have it. */
  readonly onFailedCall: OnFailedCall;
}

interface Running {
  readonly context: BusinessContext;
  readonly live: LiveSync | null;
  readonly isSignedIn: boolean;
  phase: LivePhase;
  offlineSince: string | null;
  retryAt: string | null;
  transfer: SyncStatus['transfer'];
  rates: Rates;
  hasFailed: boolean;
}

/** How fast records went last, each way. */
export interface Rates {
  readonly up: TransferRate | null;
  readonly down: TransferRate | null;
}

const NO_RATES: Rates = { up: null, down: null };

function isOffline(running: Running | null): running is Running {
  return running?.phase.kind === 'failed' && running.phase.why === 'offline';
}

/** Ends a round whose business was closed. */
class SyncStopped extends Error {}

/** Sync of the business that is open: started, stopped and told about as that changes. */
export class SyncHost {
  readonly #options: SyncHostOptions;
  #running: Running | null = null;
  #following: Promise<void> = Promise.resolve();
  readonly #callLog = new CallLog();
  readonly #telling = new SpacedTelling(() =>
    this.#options.emit({ event: 'sync_status', status: this.status() }),
  );

  constructor(options: SyncHostOptions) {
    this.#options = options;
  }

  /** What the core tells its pages is heard here too. */
  hear(event: CoreEvent): void {
    if (event.event === 'app_state') this.#following = this.#following.then(() => this.#follow());
    if (event.event === 'changed') this.#changed();
  }

  status(): SyncStatus {
    const running = this.#current();
    if (running === null) {
      return this.#options.session.context?.replica.read(statusAlone) ?? statusAlone(null);
    }
    return running.context.replica.read((scope) =>
      statusOf(scope, {
        phase: running.phase,
        isPaused: readFact(scope, 'paused') !== null,
        isSignedIn: running.isSignedIn,
        offlineSince: running.offlineSince,
        retryAt: running.retryAt,
        transfer: running.transfer,
      }),
    );
  }

  rates(): Rates {
    return this.#current()?.rates ?? NO_RATES;
  }

  /** Null also while another business is being opened: the replica of this one is closed by then. */
  #current(): Running | null {
    const running = this.#running;
    return running?.context === this.#options.session.context ? running : null;
  }

  now(): void {
    this.#running?.live?.now();
  }

  wake(): void {
    this.#running?.live?.woken();
  }

  async pause(paused: boolean): Promise<void> {
    const running = this.#current();
    if (running === null) return;
    running.context.replica.write((scope) => {
      saveFact(scope, 'paused', paused ? 'yes' : null);
      logLine(scope, paused ? 'paused' : 'goes on after a pause');
      return ok(undefined);
    });
    await this.#follow();
  }

  /** A call of the account's or of sync's: into the log of the business that is open. */
  noteFailedCall(failed: FailedCall): void {
    const { session } = this.#options;
    if (session.context === null) return this.#options.onFailedCall(failed);
    try {
      this.#callLog.note(session.context.replica, failed);
    } catch (error) {
      // The call is not to suffer for it; a fault of the log's own shows with the next line.
      if (isDamage(error)) session.reportDamage();
    }
  }

  /** What waits, what needs a person: tells the pages to read it again. */
  tell(): void {
    this.#telling.now();
  }

  stop(): void {
    this.#telling.stop();
    this.#running?.live?.stop();
    this.#running = null;
  }

  /** Starts anew when another business is open, or the account changed. */
  async #follow(): Promise<void> {
    const account = await this.#options.account();
    const { context } = this.#options.session;
    const before = this.#current();
    this.stop();
    const binding = context?.replica.read(readBinding) ?? null;
    if (context === null || binding === null) return this.tell();
    const isOwn = account.known?.id === binding.accountId;
    const isSignedIn = isOwn && account.kind === 'signed_in';
    const isPaused = context.replica.read((scope) => readFact(scope, 'paused')) !== null;
    const running: Running = {
      context,
      live: isSignedIn && !isPaused ? this.#start(context, account) : null,
      isSignedIn,
      phase: isOffline(before) ? before.phase : { kind: 'idle' },
      offlineSince: before?.offlineSince ?? null,
      retryAt: null,
      transfer: null,
      rates: before?.rates ?? NO_RATES,
      hasFailed: before?.hasFailed ?? false,
    };
    this.#running = running;
    this.tell();
  }

  #start(context: BusinessContext, account: Account): LiveSync {
    const { replica, businessUid } = context;
    let hasStopped = false;
    const brought = new Set<string>();
    let bringing: Promise<void> | null = null;
    const transport = createAccountTransport(account, businessUid, {
      onBytes: (bytes) => transfers.bytes(bytes),
      onFailedCall: (failed) => this.noteFailedCall(failed),
    });
    const transfers: RoundTransfers = new RoundTransfers({
      countWaiting: () => replica.read(countWaiting),
      askHeads: (signal) => transport.poll({}, 0, signal),
      known: () => engine.known(),
      onTransfer: (transfer) => this.#progress(transfer),
      onBug: (error) => this.#noteBug(context, error),
    });
    const engine = createSyncEngine({
      replica,
      transport,
      device: () => context.deviceUid,
      // What is still on its way when sync stops is answered to nobody.
      checkpoint: () => (hasStopped ? Promise.reject(new SyncStopped()) : Promise.resolve()),
      told: (collection, count) => transfers.told(collection, count),
      taken: (collection, count, progress) => transfers.taken(collection, count, progress),
      settleDevice: (isForked) =>
        settleDevice(
          { replica, name: account.deviceName, register: (asked) => transport.register(asked) },
          isForked,
        ),
    });
    const live = startLiveSync({
      engine,
      transport,
      giveUpHanging: () => transport.giveUpHanging(),
      hasWaiting: () =>
        replica.read((scope) => countWaiting(scope) > 0 || hasOriginals(scope, brought)),
      onPhase: (phase) => {
        if (phase.kind === 'syncing') transfers.begin();
        this.#entered(context, phase, transfers);
        if (phase.kind !== 'idle') return;
        transfers.loaded();
        bringing ??= this.#bringOriginals(context, account, brought).finally(() => {
          bringing = null;
        });
      },
      onRenewed: () => {
        const { session } = this.#options;
        void session.inTurn(async () => {
          // The user may have gone on to another business by now.
          if (session.context === context) await session.open(businessUid);
        });
      },
      onBug: (error) => this.#noteBug(context, error),
    });
    return {
      ...live,
      stop() {
        hasStopped = true;
        live.stop();
        transfers.stop();
      },
    };
  }

  async #bringOriginals(
    context: BusinessContext,
    account: Account,
    brought: Set<string>,
  ): Promise<void> {
    try {
      await bringOriginals(context, account, brought);
    } catch (error) {
      this.#noteBug(context, error);
    }
  }

  #entered(context: BusinessContext, phase: LivePhase, transfers: RoundTransfers): void {
    const running = this.#current();
    if (running?.context !== context) return;
    const isNews = phase.kind !== running.phase.kind || phase.kind === 'failed';
    // What failed is not in order before the cloud has answered something.
    if (phase.kind === 'syncing' && running.phase.kind === 'failed') return;
    running.hasFailed = logRound(context.replica, running.hasFailed, phase, transfers);
    running.phase = phase;
    running.transfer = null;
    const now = this.#options.now();
    const failure = phase.kind === 'failed' ? phase : null;
    running.offlineSince =
      failure?.why === 'offline' ? (running.offlineSince ?? now.toISOString()) : null;
    running.retryAt =
      failure === null ? null : new Date(now.getTime() + failure.retryMs).toISOString();
    if (isNews) this.tell();
  }

  #progress(transfer: NonNullable<SyncStatus['transfer']>): void {
    const running = this.#current();
    if (running === null) return;
    running.transfer = transfer;
    const { direction, recordsPerSecond, bytesPerSecond } = transfer;
    running.rates = { ...running.rates, [direction]: { recordsPerSecond, bytesPerSecond } };
    if (running.phase.kind === 'failed') this.#answered(running);
    this.#telling.ifRested();
  }

  /** The cloud answers again: what is under way is shown, no failure any more. */
  #answered(running: Running): void {
    running.phase = { kind: 'syncing' };
    running.offlineSince = null;
    running.retryAt = null;
  }

  #changed(): void {
    const running = this.#current();
    if (running !== null && running.context.replica.read(countWaiting) > 0) {
      running.live?.changed();
    }
    this.#telling.soon();
  }

  #noteBug(context: BusinessContext, error: unknown): void {
    const { session } = this.#options;
    if (session.context !== context) return;
    if (isDamage(error)) return session.reportDamage();
    context.replica.write((scope) => {
      logLine(scope, `unexpected: ${error instanceof Error ? error.name : 'failure'}`);
      return ok(undefined);
    });
  }
}
