import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';

import { atLeast, type BenchResult } from '../bench-result';
import type { Books } from './books';
import { importedSeries, writeThroughCore } from './books';
import type { MadeUpInvoice } from './made-up-invoices';
import { contentOf, openPlainStore, RowReader, type WrittenRows } from './plain-store';
import { median, timed } from './statistics';

const BATCH = 500;

/**
 * Writes all invoices of the books through the core, in batches; after each batch, better-sqlite3
 * alone writes the very same rows (documents, lines, payments, outbox, activity, sums, full text)
 * to a file of the same shape and settings. The two take turns, so that what disturbs the machine
 * disturbs both.
 */
export function benchWriting(books: Books): BenchResult {
  const { context, dataDirectory } = books;
  const plain = openPlainStore(join(dataDirectory, 'plain.sqlite'));
  const reader = new RowReader(context.replica.connection);
  // The business itself is not part of the measurement, but its outbox and activity must match.
  plain.write(reader.read([]));
  const seriesUid = importedSeries(context);
  const core: number[] = [];
  const reference: number[] = [];
  for (const batch of batchesOf(books.invoices)) {
    let records: ReturnType<typeof writeThroughCore> = [];
    core.push(timed(() => (records = writeThroughCore(context, seriesUid, batch))));
    const rows: WrittenRows = reader.read(records);
    reference.push(timed(() => plain.write(rows)));
  }
  if (!isDeepStrictEqual(contentOf(context.replica.connection), contentOf(plain.connection))) {
    throw new Error('the two stores do not hold the same');
  }
  plain.close();
  const perSecond = (times: readonly number[]): number => (BATCH / median(times)) * 1_000;
  return atLeast(
    0.6,
    'writing: invoices a second through the core, better-sqlite3 (ratio at least)',
    perSecond(core),
    perSecond(reference),
  );
}

function* batchesOf(invoices: Iterable<MadeUpInvoice>): Generator<readonly MadeUpInvoice[]> {
  let batch: MadeUpInvoice[] = [];
  for (const invoice of invoices) {
    batch.push(invoice);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
