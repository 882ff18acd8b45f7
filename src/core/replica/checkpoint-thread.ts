import { parentPort, workerData } from 'node:worker_threads';

import Database from 'better-sqlite3';

/** See checkpointer.ts: moves the log into the file each time it is asked. */
const { path, lock } = workerData as { readonly path: string; readonly lock: Int32Array };

parentPort?.on('message', () => {
  // Never given back once the replica is closed.
  if (Atomics.compareExchange(lock, 0, 0, 1) !== 0) return;
  try {
    moveLog();
  } finally {
    Atomics.store(lock, 0, 0);
    Atomics.notify(lock, 0);
  }
  parentPort?.postMessage('moved');
});

/** Holds the file open no longer than it takes: it may be replaced once the replica is closed. */
function moveLog(): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
}
