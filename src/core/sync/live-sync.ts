import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { Heads } from '../../shared/contracts/sync/protocol';
import type { Round, SyncEngine } from './engine';
import { SyncFailure, type SyncFailureKind, type SyncTransport } from './transport';

export interface LiveSyncOptions {
  readonly engine: SyncEngine;
  readonly transport: Pick<SyncTransport, 'poll'>;
  /** Ends the calls of a round that are not being answered. */
  readonly giveUpHanging: () => void;
  /** Changes that wait to be told. */
  readonly hasWaiting: () => boolean;
  readonly onPhase: (phase: LivePhase) => void;
  /** The replica goes on as another device: whoever has it open opens it again. */
  readonly onRenewed: () => void;
  readonly onBug: (error: unknown) => void;
  readonly random?: () => number;
}

export type LivePhase =
  | { readonly kind: 'idle' | 'syncing' }
  /** `fault`: the app's own; tried again after `retryMs`. */
  | {
      readonly kind: 'failed';
      readonly why: SyncFailureKind | 'fault';
      readonly retryMs: number;
    };

export interface LiveSync {
  /** Something changed here; told after a moment, so that a burst is one round (R71). */
  changed(): void;
  /** Now: the user asks for it. */
  now(): void;
  /** The network is back, or somebody looks at the app again: nothing is waited out (R71). */
  woken(): void;
  stop(): void;
}

const BURST_MS = 300;
const POLL_SECONDS = 25;
const FALLBACK_MS = 30_000;
const SHORTEST_POLL_MS = 250;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** A cloud that was put back to before it knew of a collection tells nobody of it. */
const EVERYTHING_MS = 60 * 60_000;
/** What only a person can change is looked at again rarely. */
const PATIENT_RETRY_MS = 10 * 60_000;

/**
 * Keeps the open business in step while the app runs: at once after a change, when the network is
 * back and when somebody looks at the app; otherwise by one waiting poll for all collections; after
 * a failure with growing pauses (R71). All of it by a clock that nobody sets (R70).
 */
export function startLiveSync(options: LiveSyncOptions): LiveSync {
  const { engine, transport, onPhase } = options;
  const random = options.random ?? Math.random;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let isRunning = false;
  let isPolling = false;
  let hasPolled = false;
  /** Ends the poll that waits, for another one: its connection may be dead without a word. */
  let asking = new AbortController();
  /** Woken while a round was running, which may have begun on a dead network: it gives up soon. */
  let isWoken = false;
  let failures = 0;
  /** Settled with every end of a round, and when nothing is to be waited for any more. */
  let pastRound = Promise.withResolvers<undefined>();
  /** What the next round takes in: everything until the first round has gone well. */
  let moved: Set<SyncCollection> | 'all' = 'all';
  let everythingAt = 0;

  function hasStopped(): boolean {
    return stopping.signal.aborted;
  }

  function tellPoll(): void {
    pastRound.resolve(undefined);
    pastRound = Promise.withResolvers();
  }

  function schedule(delayMs: number): void {
    if (hasStopped()) return;
    const at = performance.now() + delayMs;
    if (timer !== null && dueAt <= at) return;
    if (timer !== null) clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => {
      timer = null;
      dueAt = Number.POSITIVE_INFINITY;
      void run();
    }, delayMs);
  }

  async function run(): Promise<void> {
    if (isRunning || hasStopped()) return;
    isRunning = true;
    isWoken = false;
    const wanted = moved;
    moved = new Set();
    if (wanted === 'all') everythingAt = performance.now() + EVERYTHING_MS;
    onPhase({ kind: 'syncing' });
    try {
      succeed(await engine.syncOnce(wanted === 'all' ? undefined : wanted));
    } catch (error) {
      noteAll(wanted);
      fail(error);
    } finally {
      isRunning = false;
      tellPoll();
    }
  }

  function succeed(round: Round): void {
    if (hasStopped()) return;
    failures = 0;
    onPhase({ kind: 'idle' });
    if (round === 'renewed') return options.onRenewed();
    if (round === 'again' || moved === 'all' || moved.size > 0) schedule(0);
    else if (options.hasWaiting()) schedule(FALLBACK_MS);
    if (!isPolling) void poll();
  }

  function fail(error: unknown): void {
    if (hasStopped()) return;
    failures += 1;
    if (!(error instanceof SyncFailure)) options.onBug(error);
    // What began before somebody woke it says nothing of how things are now.
    if (isWoken) return schedule(0);
    const retryMs = retryAfter(error);
    onPhase({ kind: 'failed', why: error instanceof SyncFailure ? error.kind : 'fault', retryMs });
    schedule(retryMs);
  }

  function retryAfter(failure: unknown): number {
    if (!(failure instanceof SyncFailure)) return LONGEST_RETRY_MS;
    switch (failure.kind) {
      case 'unauthorised':
      case 'update_required':
      case 'cloud_outdated':
      case 'no_access':
        return PATIENT_RETRY_MS;
      case 'offline':
      case 'temporary': {
        const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
        const asked = (failure.retryAfterSeconds ?? 0) * 1_000;
        // Full jitter: many devices that lost the same cloud do not come back together.
        return Math.max(asked, FIRST_RETRY_MS / 2 + random() * longest);
      }
    }
  }

  async function poll(): Promise<void> {
    isPolling = true;
    while (!hasStopped()) {
      const began = performance.now();
      const waiting = asking.signal;
      try {
        const signal = AbortSignal.any([stopping.signal, waiting]);
        const found = await transport.poll(engine.known(), POLL_SECONDS, signal);
        hasPolled = true;
        note(movedIn(engine.known(), found));
        if (performance.now() >= everythingAt) askForEverything();
      } catch (error) {
        if (hasStopped()) break;
        if (waiting.aborted) {
          await pause(SHORTEST_POLL_MS);
          continue;
        }
        if (!(error instanceof SyncFailure)) options.onBug(error);
        // Without a poll everything is asked for from time to time; the first time soon, since
        // that tells whether the network is gone.
        moved = 'all';
        schedule(hasPolled ? FIRST_RETRY_MS : FALLBACK_MS);
        hasPolled = false;
        break;
      }
      await pause(Math.max(0, SHORTEST_POLL_MS - (performance.now() - began)));
      while ((isRunning || failures > 0) && !hasStopped()) await pastRound.promise;
    }
    isPolling = false;
  }

  function askForEverything(): void {
    moved = 'all';
    if (!isRunning && failures === 0) schedule(0);
  }

  /** What a round that failed did not take in is the next one's. */
  function noteAll(wanted: ReadonlySet<SyncCollection> | 'all'): void {
    if (wanted === 'all') moved = 'all';
    else if (moved !== 'all') moved = new Set([...wanted, ...moved]);
  }

  function note(collections: readonly SyncCollection[]): void {
    if (collections.length === 0) return;
    if (moved !== 'all') for (const one of collections) moved.add(one);
    // After a failure the next round comes when its pause is over, not with the next poll.
    if (!isRunning && failures === 0) schedule(0);
  }

  function woken(): void {
    const isBehind = failures > 0 || moved === 'all' || moved.size > 0 || options.hasWaiting();
    failures = 0;
    isWoken = true;
    options.giveUpHanging();
    asking.abort();
    asking = new AbortController();
    tellPoll();
    if (isBehind) schedule(0);
  }

  schedule(0);
  return {
    changed: () => schedule(BURST_MS),
    now: () => {
      moved = 'all';
      woken();
    },
    woken,
    stop() {
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
      tellPoll();
    },
  };
}

/** The collections that stand elsewhere than this device knows, or of which the cloud knows nothing. */
export function movedIn(known: Heads, found: Heads): readonly SyncCollection[] {
  const all = new Set([...Object.keys(known), ...Object.keys(found)] as SyncCollection[]);
  return [...all].filter((collection) => {
    const [here, there] = [known[collection], found[collection]];
    // One that was never used is known to nobody but those who asked.
    if (there === undefined) return here !== undefined && here.version > 0;
    return here === undefined || here.epoch !== there.epoch || there.version > here.version;
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
