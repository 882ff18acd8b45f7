import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import type { IncomingMessage } from 'node:http';

import Database from 'better-sqlite3';

import type { WrittenRows } from '../store/plain-store';
import { openPlainStore } from '../store/plain-store';

type Row = readonly unknown[];
/** The row of an invoice, those of its lines, what it is found by. */
type PlainInvoice = readonly [Row, readonly Row[], string];

const BATCH = 1_000;
const NOTHING: WrittenRows = {
  added: {
    tax_snapshots: [],
    invoices: [],
    invoice_lines: [],
    payments: [],
    outbox: [],
    activity: [],
  },
  words: [],
  sums: { day_sums: [], client_sums: [], invoice_sums: [] },
};

/**
 * The least that a first pull costs: a loop that reads gzipped NDJSON from HTTP and writes it with
 * better-sqlite3, in batches of a thousand, to a file of the same shape and settings. The rows are
 * those that the device's pull has left in `replica`, packed beforehand. Returns invoices a second.
 */
export async function plainPull(
  replica: string,
  target: string,
  wordsOf: ReadonlyMap<string, string>,
): Promise<number> {
  const source = new Database(replica, { readonly: true });
  const shared = sharedRows(source);
  const packed = packInvoices(source, wordsOf);
  source.close();
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' });
    answer.end(packed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const plain = openPlainStore(target);
  const start = performance.now();
  plain.write({ ...NOTHING, added: { ...NOTHING.added, tax_snapshots: shared.taxes } });
  const [answer] = (await once(get({ port, host: '127.0.0.1' }), 'response')) as [IncomingMessage];
  let batch: PlainInvoice[] = [];
  let count = 0;
  for await (const line of createInterface({ input: answer.pipe(createGunzip()) })) {
    batch.push(JSON.parse(line) as PlainInvoice);
    count += 1;
    if (batch.length < BATCH) continue;
    plain.write(rowsOf(batch));
    batch = [];
  }
  plain.write({ ...rowsOf(batch), sums: shared.sums });
  const seconds = (performance.now() - start) / 1_000;
  plain.close();
  server.close();
  return count / seconds;
}

function rowsOf(batch: readonly PlainInvoice[]): WrittenRows {
  return {
    ...NOTHING,
    added: {
      ...NOTHING.added,
      invoices: batch.map(([invoice]) => invoice),
      invoice_lines: batch.flatMap(([, lines]) => lines),
    },
    words: batch.map(([invoice, , words]) => [invoice[0], words]),
  };
}

function sharedRows(source: Database.Database) {
  const all = (table: string) => source.prepare<[], Row>(`SELECT * FROM ${table}`).raw().all();
  return {
    taxes: all('tax_snapshots'),
    sums: {
      day_sums: all('day_sums'),
      client_sums: all('client_sums'),
      invoice_sums: all('invoice_sums'),
    },
  };
}

function packInvoices(source: Database.Database, wordsOf: ReadonlyMap<string, string>): Buffer {
  const readLines = source
    .prepare<[number], Row>('SELECT * FROM invoice_lines WHERE invoice_id = ? ORDER BY id')
    .raw();
  const readUid = source.prepare<[number], string>('SELECT uid FROM invoices WHERE id = ?').pluck();
  const parts: Buffer[] = [];
  let text = '';
  for (const row of source.prepare<[], Row>('SELECT * FROM invoices ORDER BY id').raw().iterate()) {
    const id = Number(row[0]);
    const words = wordsOf.get(readUid.get(id) ?? '') ?? '';
    text += `${JSON.stringify([row, readLines.all(id), words])}\n`;
    if (text.length < 1_000_000) continue;
    parts.push(gzipSync(text, { level: 1 }));
    text = '';
  }
  if (text !== '') parts.push(gzipSync(text, { level: 1 }));
  // Members of gzip, one after the other, are one gzip.
  return Buffer.concat(parts);
}
