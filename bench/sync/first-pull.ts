import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import type { Cloud } from '../../backend/local/cloud';
import type { BenchResult } from '../bench-result';
import { atLeast, atMost, within } from '../bench-result';
import type { BenchTenant } from '../cloud/tenants';
import { quantile } from '../store/statistics';
import { plainPull } from './plain-pull';
import { replicateWithPouch } from './pouchdb';
import type { Passed, Relay } from './relay';
import { startRelay } from './relay';
import type { Seeded } from './seed';
import { seedInvoices } from './seed';
import type { BenchDevice } from './devices';
import { signIn, until } from './devices';

const INVOICES = Number(process.env['DOCCENTR_BENCH_INVOICES'] ?? 100_000);
/** Of them PouchDB replicates so many: its rate hardly changes with their number. */
const REPLICATED = 20_000;
const PAUSE_MS = 20;
const PATIENCE_SECONDS = 300;

/**
 * A device that joins a business of 100,000 invoices of three lines: how fast they come from
 * MariaDB through the service into the replica, what goes over the wire, how long a page of the
 * list takes meanwhile, and what the core holds.
 */
export async function benchFirstPull(
  cloud: Cloud,
  builtApp: string,
  tenant: BenchTenant,
): Promise<readonly BenchResult[]> {
  const relay = await startRelay(cloud);
  const seeded = await seedInvoices(relay, tenant, INVOICES, cloud);
  relay.passed.length = 0;
  const device = await signIn(builtApp, relay, tenant);
  try {
    const watched = await watchPull(device, relay);
    const { count } = await device.core.call('invoices.count', {});
    if (count !== INVOICES) throw new Error(`${count} of ${INVOICES} invoices came`);
    await device.end();
    const plain = await plainPull(
      replicaIn(device.dataDirectory),
      join(device.dataDirectory, 'plain.sqlite'),
      wordsByUid(seeded),
    );
    const pouch = await replicateWithPouch(seeded.records.slice(0, REPLICATED));
    return resultsOf(watched, seeded, { plain, pouch });
  } finally {
    await device.remove();
    await relay.stop();
  }
}

interface Watched {
  readonly perSecond: number;
  readonly bytes: number;
  readonly listTimes: readonly number[];
  readonly highestMemory: number;
}

function resultsOf(
  { perSecond, bytes, listTimes, highestMemory }: Watched,
  { records }: Seeded,
  { plain, pouch }: { readonly plain: number; readonly pouch: number },
): readonly BenchResult[] {
  return [
    atLeast(
      0.5,
      'first pull: invoices a second, plain NDJSON into better-sqlite3',
      perSecond,
      plain,
    ),
    atLeast(4, 'first pull: invoices a second, PouchDB without items', perSecond, pouch),
    atMost(1.3, 'first pull: bytes on the wire, gzipped NDJSON', bytes, packedBytes(records)),
    within(
      50,
      'first pull: p95 of a list meanwhile in ms, median (value at most)',
      quantile(listTimes, 0.95),
      quantile(listTimes, 0.5),
    ),
    within(250, 'first pull: MB of the core (value at most)', highestMemory, 250),
  ];
}

/** From the first question for invoices until the one for what comes after them. */
async function watchPull(device: BenchDevice, relay: Relay): Promise<Watched> {
  const { core } = device;
  const listTimes: number[] = [];
  let highestMemory = 0;
  const look = setInterval(() => {
    highestMemory = Math.max(highestMemory, core.memory() ?? 0);
  }, 10);
  await device.join();
  const following = () => find(relay, 'payments');
  try {
    await until(PATIENCE_SECONDS, 'the first pull', async () => {
      const start = performance.now();
      await core.call('invoices.list', {});
      if (find(relay, 'invoices') !== undefined && following() === undefined) {
        listTimes.push(performance.now() - start);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      return following() !== undefined;
    });
  } finally {
    clearInterval(look);
  }
  const milliseconds = (following()?.from ?? 0) - (find(relay, 'invoices')?.from ?? 0);
  const bytes = relay.passed
    .filter(({ path }) => path === '/sync/invoices/changes')
    .reduce((sum, { received }) => sum + received, 0);
  return { perSecond: (INVOICES / milliseconds) * 1_000, bytes, listTimes, highestMemory };
}

function find(relay: Relay, collection: string): Passed | undefined {
  return relay.passed.find(({ path }) => path === `/sync/${collection}/changes`);
}

function wordsByUid({ records, words }: Seeded): ReadonlyMap<string, string> {
  return new Map(records.map(({ uid }, index) => [uid, words[index] ?? '']));
}

/** Packed in parts of a megabyte as fast as gzip goes, as the service does. */
function packedBytes(records: readonly unknown[]): number {
  let bytes = 0;
  for (let start = 0; start < records.length; start += 700) {
    const lines = records.slice(start, start + 700).map((record) => JSON.stringify(record));
    bytes += gzipSync(lines.join('\n'), { level: 1 }).byteLength;
  }
  return bytes;
}

function replicaIn(dataDirectory: string): string {
  const found = readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('replica.sqlite'),
  );
  if (found === undefined) throw new Error('the device has no replica');
  return join(dataDirectory, found);
}
