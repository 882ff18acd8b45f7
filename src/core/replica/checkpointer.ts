import { Worker } from 'node:worker_threads';

import type Database from 'better-sqlite3';

/** Much that comes in writes the same pages of the indexes again: 16 MB of them go to the file at once. */
export const LONG_LOG = 4_000;
/** In pages, too. Where the thread does not keep up or cannot be had, the writer itself does it then. */
export const LONGEST_LOG = 16_000;

/** For V8, in MB: the work is SQLite's alone. */
const SMALL = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

/** Moves what stands in the write-ahead log of a replica into its file. */
export interface Checkpointer {
  /** After each commit. Resolves once a log that has grown long is in the file, and begins anew. */
  look(): Promise<void>;
  /** Before the connection closes. No other handle on the file is open then, nor ever again. */
  close(): void;
}

/**
 * A checkpoint takes a tenth of a second. `program` (checkpoint-thread.ts) does it on a thread and a
 * connection of its own, while the core answers the screens; without it, commits do it. Either way
 * what was acknowledged is on disk in the log (`synchronous=FULL`) until it is on disk in the file.
 */
export function openCheckpointer(
  connection: Database.Database,
  program: URL | undefined,
): Checkpointer {
  const longest = program === undefined ? LONG_LOG : LONGEST_LOG;
  connection.pragma(`wal_autocheckpoint = ${longest}`);
  return program === undefined
    ? { look: () => Promise.resolve(), close: () => undefined }
    : onThread(connection, program);
}

function onThread(connection: Database.Database, program: URL): Checkpointer {
  /** 1: the file is open elsewhere. The thread takes it for a checkpoint, closing takes it for good. */
  const lock = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let thread: Worker | null = null;
  let hasEnded = false;
  let underWay: Promise<void> | null = null;
  let finish: () => void = () => undefined;

  /** Not before it is needed: most days no log grows so long. */
  function start(): Worker {
    const started = new Worker(program, {
      workerData: { path: connection.name, lock },
      resourceLimits: SMALL,
    });
    started.unref();
    started.on('message', () => finish());
    // What fails for the thread fails for the writer too, which says so. The thread ends with it.
    started.on('error', () => undefined);
    started.on('exit', () => {
      hasEnded = true;
      finish();
    });
    return started;
  }

  async function move(): Promise<void> {
    thread ??= start();
    thread.postMessage('move');
    await new Promise<void>((resolve) => (finish = resolve));
    underWay = null;
  }

  return {
    look() {
      const canTell = connection.open && !connection.inTransaction;
      if (canTell && !hasEnded && pagesIn(connection) >= LONG_LOG) underWay ??= move();
      return underWay ?? Promise.resolve();
    },
    close() {
      while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) Atomics.wait(lock, 0, 1);
      void thread?.terminate();
    },
  };
}

/** Pages of the log that are not in the file. */
function pagesIn(connection: Database.Database): number {
  const [state] = connection.pragma('wal_checkpoint(NOOP)') as [
    { readonly log: number; readonly checkpointed: number },
  ];
  return state.log - state.checkpointed;
}
