import { execSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { InvoiceRecord } from '../../src/shared/contracts/sync/records';

/** The little of PouchDB that is called here. */
interface Pouch {
  new (path: string): PouchDatabase;
  plugin(plugin: unknown): Pouch;
  replicate(
    from: PouchDatabase,
    to: PouchDatabase,
    options: { readonly batch_size: number },
  ): Promise<{ readonly docs_written: number }>;
}
interface PouchDatabase {
  bulkDocs(documents: readonly object[]): Promise<unknown>;
  close(): Promise<void>;
}

const BATCH = 1_000;
/** Benchmarks run in the repository's own folder. */
const PEERS = join(process.cwd(), 'bench', 'peers');

/**
 * PouchDB replicating invoices without their items from one database to another, both on LevelDB
 * and in one process: no network, and what it sends is not packed. Answers documents a second.
 */
export async function replicateWithPouch(records: readonly InvoiceRecord[]): Promise<number> {
  const Pouch = pouch();
  const directory = mkdtempSync(join(tmpdir(), 'doccentr-bench-'));
  const source = new Pouch(join(directory, 'source'));
  const target = new Pouch(join(directory, 'target'));
  try {
    for (let start = 0; start < records.length; start += BATCH) {
      await source.bulkDocs(records.slice(start, start + BATCH).map(toDocument));
    }
    const start = performance.now();
    const { docs_written: written } = await Pouch.replicate(source, target, { batch_size: BATCH });
    const seconds = (performance.now() - start) / 1_000;
    if (written !== records.length) throw new Error(`${written} of ${records.length} came`);
    return written / seconds;
  } finally {
    await source.close();
    await target.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function toDocument({ uid, lines: _, ...fields }: InvoiceRecord): object {
  return { _id: uid, ...fields };
}

let loaded: Pouch | null = null;

/** Once: its plugins cannot be plugged in again. */
function pouch(): Pouch {
  return (loaded ??= loadPouch());
}

/** Nobody but this benchmark needs its 81 packages, so they are no dependency of the app. */
function loadPouch(): Pouch {
  if (!existsSync(join(PEERS, 'node_modules'))) {
    execSync('npm ci --ignore-scripts', { cwd: PEERS, stdio: 'inherit' });
  }
  const load = createRequire(join(PEERS, 'package.json'));
  return (load('pouchdb-core') as Pouch)
    .plugin(load('pouchdb-adapter-leveldb'))
    .plugin(load('pouchdb-replication'));
}
