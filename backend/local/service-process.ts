import { delay, lastLines, type ManagedProcess, rotateLog, startProcess } from './managed-process';

type Variables = Readonly<Record<string, string>>;

export interface ServiceProcess {
  /** `http://127.0.0.1:<port>`, the same after every restart. */
  readonly address: string;
  readonly logFile: string;
  /** Of the process that runs now, or ran last. */
  readonly pid: number;
  /** Asks it to end in order; it stays down until it is started. */
  readonly stop: () => Promise<void>;
  /** Ends it as a power cut would (SIGKILL); it stays down until it is started. */
  readonly kill: () => Promise<void>;
  /**
   * Starts it again, with these variables besides its own, which later restarts keep; resolves when
   * it is ready.
   */
  readonly start: (variables?: Variables) => Promise<void>;
  /** Resolves when it is ready; a restart or two meanwhile is no matter. */
  readonly untilReady: () => Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  readonly node: string;
  readonly script: string;
  readonly address: string;
  readonly environment: Variables;
  readonly directory: string;
  readonly logFile: string;
  readonly tell: (text: string) => void;
  /** Called when another process stands for the service. */
  readonly onProcess: () => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** One that ran for so long had started well: the next crash is a new story. */
const GOOD_RUN_MS = 30_000;
const SHOWN_LINES = 12;
const READY_WITHIN_MS = 30_000;
const HOPELESS_CRASHES = 3;

/** Starts a service and keeps it running: one that ends by itself is started again, ever later. */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  rotateLog(options.logFile);
  let extra: Variables = {};
  let process = await launch(options, extra);
  let isWanted = true;
  let pauseMs = FIRST_PAUSE_MS;
  let crashes = 0;

  function watch(watched: ManagedProcess): void {
    const startedAt = Date.now();
    options.onProcess();
    watched.ended.then(
      (reason) => {
        if (isWanted && watched === process) void restart(reason, Date.now() - startedAt);
      },
      () => undefined,
    );
  }

  async function restart(reason: string, ranMs: number): Promise<void> {
    crashes += 1;
    if (ranMs > GOOD_RUN_MS) pauseMs = FIRST_PAUSE_MS;
    const lines = lastLines(options.logFile, SHOWN_LINES).map((line) => `  ${line}`);
    options.tell([`${options.name} ended (${reason}); starting it again`, ...lines].join('\n'));
    await delay(pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    if (!isWanted) return;
    process = await launch(options, extra);
    watch(process);
  }

  async function untilReady(): Promise<void> {
    const end = Date.now() + READY_WITHIN_MS;
    const crashesBefore = crashes;
    while (process.hasEnded() || !(await isReady(options.address))) {
      const isHopeless = !isWanted || crashes - crashesBefore >= HOPELESS_CRASHES;
      if (isHopeless || Date.now() > end) {
        const lines = lastLines(options.logFile, SHOWN_LINES).map((line) => `  ${line}`);
        throw new Error([`${options.name} is not ready`, ...lines].join('\n'));
      }
      await delay(20);
    }
  }

  watch(process);
  return {
    address: options.address,
    logFile: options.logFile,
    get pid() {
      return process.pid;
    },
    stop: async () => {
      isWanted = false;
      await process.stop();
    },
    kill: async () => {
      isWanted = false;
      await process.kill();
    },
    start: async (variables = {}) => {
      if (!process.hasEnded()) throw new Error(`${options.name} is running already`);
      extra = variables;
      isWanted = true;
      pauseMs = FIRST_PAUSE_MS;
      process = await launch(options, extra);
      watch(process);
      await untilReady();
    },
    untilReady,
  };
}

function launch(options: ServiceOptions, extra: Variables): Promise<ManagedProcess> {
  return startProcess({
    command: options.node,
    parameters: [options.script],
    environment: { ...options.environment, ...extra },
    directory: options.directory,
    logFile: options.logFile,
  });
}

async function isReady(address: string): Promise<boolean> {
  try {
    const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
