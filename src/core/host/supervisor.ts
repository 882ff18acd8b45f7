import {
  coreEvent,
  coreResponse,
  shellRequest,
  type CoreEvent,
} from '../../shared/contracts/core-protocol';
import { collection } from '../../shared/contracts/app-api/reports';
import type { ApiResult } from '../../shared/contracts/api-result';
import { EXIT_CODE } from './exit-code';
import type { Platform } from './platform';
import { answerCore } from './shell-platform';

/** A running core as a shell sees it: an Electron utility process or a forked Node. */
export interface CoreProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  /** Asks it to end; it closes the replica first. */
  end(): void;
  /** Ends it at once. */
  kill(): void;
}

export interface SupervisorOptions {
  readonly spawn: () => CoreProcess;
  /** What the core may ask for. */
  readonly platform: Platform;
  readonly onEvent: (event: CoreEvent) => void;
  /** The core cannot be started; the supervisor has given up. */
  readonly onGivenUp: (reason: 'directory_in_use' | 'crashed') => void;
  /** For tests; see the defaults below. */
  readonly callTimeoutMs?: number;
  readonly firstRetryMs?: number;
}

export interface Supervisor {
  /** Never rejects: a core that is not there, or dies before it answers, is `unavailable`. */
  call(method: string, input: unknown): Promise<ApiResult>;
  /** Resolves when the core is ready for the first time. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

const CALL_TIMEOUT_MS = 120_000;
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 10_000;
const STOP_PATIENCE_MS = 5_000;
/** A core that lived less than this is started again with more and more patience. */
const QUICK_END_MS = 10_000;
/** This many ends in a row without having been ready mean that starting is no use. */
const MOST_FAILED_STARTS = 4;

const UNAVAILABLE: ApiResult = { ok: false, error: { kind: 'unavailable' } };

/** Keeps one core running for a shell, relays calls to it and events from it. */
export function superviseCore(options: SupervisorOptions): Supervisor {
  const { callTimeoutMs = CALL_TIMEOUT_MS, firstRetryMs = FIRST_RETRY_MS } = options;
  const pending = new Map<number, (result: ApiResult) => void>();
  const ready = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  let core: CoreProcess | null = null;
  let state: 'starting' | 'ready' | 'stopping' | 'ended' = 'starting';
  let wasReady = false;
  let failedStarts = 0;
  let quickEnds = 0;
  let startedAt = 0;
  let nextId = 1;

  function start(): void {
    state = 'starting';
    startedAt = performance.now();
    const started = options.spawn();
    core = started;
    started.onMessage((message) => {
      if (core === started) receive(message);
    });
    started.onExit((code) => {
      if (core === started) exited(code);
    });
  }

  function receive(message: unknown): void {
    const event = coreEvent.safeParse(message);
    if (event.success) return hear(event.data);
    const request = shellRequest.safeParse(message);
    if (request.success) {
      const asking = core;
      void answerCore(options.platform, request.data).then((answer) => asking?.send(answer));
      return;
    }
    const response = coreResponse.safeParse(message);
    if (!response.success) return;
    const { id, ...result } = response.data;
    pending.get(id)?.(result);
  }

  function hear(event: CoreEvent): void {
    options.onEvent(event);
    if (event.event !== 'ready') return;
    state = 'ready';
    failedStarts = 0;
    ready.resolve();
    // After a crash, what the pages show may be older than what was committed.
    if (wasReady) {
      options.onEvent({ event: 'app_state' });
      options.onEvent({ event: 'changed', collections: [...collection.options] });
    }
    wasReady = true;
  }

  function exited(code: number | null): void {
    core = null;
    for (const answer of [...pending.values()]) answer(UNAVAILABLE);
    if (state === 'stopping') return stopped.resolve();
    if (state === 'starting') failedStarts += 1;
    quickEnds = performance.now() - startedAt < QUICK_END_MS ? quickEnds + 1 : 0;
    if (code === EXIT_CODE.directoryInUse) return giveUp('directory_in_use');
    if (failedStarts > MOST_FAILED_STARTS) return giveUp('crashed');
    setTimeout(
      () => {
        if (state !== 'stopping') start();
      },
      Math.min(firstRetryMs * 2 ** quickEnds, LONGEST_RETRY_MS),
    );
  }

  function giveUp(reason: 'directory_in_use' | 'crashed'): void {
    state = 'ended';
    options.onGivenUp(reason);
  }

  function call(method: string, input: unknown): Promise<ApiResult> {
    const running = core;
    if (running === null || state === 'stopping') return Promise.resolve(UNAVAILABLE);
    const id = nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer(UNAVAILABLE), callTimeoutMs);
      function answer(result: ApiResult): void {
        clearTimeout(timer);
        pending.delete(id);
        resolve(result);
      }
      pending.set(id, answer);
      running.send({ id, method, input });
    });
  }

  async function stop(): Promise<void> {
    const running = core;
    if (running === null) {
      state = 'stopping';
      return;
    }
    if (state !== 'stopping') {
      state = 'stopping';
      running.end();
    }
    const impatience = setTimeout(() => running.kill(), STOP_PATIENCE_MS);
    await stopped.promise;
    clearTimeout(impatience);
  }

  start();
  return { call, ready: ready.promise, stop };
}
