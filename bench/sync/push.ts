import type { RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';

import type { Cloud } from '../../backend/local/cloud';
import type { Replica } from '../../src/core/replica/replica';
import { invoicesAdapter } from '../../src/core/sync/collections/invoices';
import type { EngineParts } from '../../src/core/sync/engine-parts';
import { pushCollection } from '../../src/core/sync/push';
import type { InvoiceRecord } from '../../src/shared/contracts/sync/records';
import type { BenchResult } from '../bench-result';
import { atLeast } from '../bench-result';
import type { BenchTenant } from '../cloud/tenants';
import { importedSeries, openBooks, writeThroughCore } from '../store/books';
import { replicateWithPouch } from './pouchdb';
import { startRelay } from './relay';
import { registerDevice, transportOf } from './seed';

const INVOICES = 10_000;
const BATCH = 500;

/**
 * A device tells the service 10,000 invoices of three lines that it made offline; then the very
 * rows that came of them are written to tables of the same shape by inserts of 500 rows.
 */
export async function benchPush(
  cloud: Cloud,
  tenant: BenchTenant,
): Promise<readonly BenchResult[]> {
  const relay = await startRelay(cloud);
  const books = await openBooks(INVOICES);
  try {
    writeThroughCore(books.context, importedSeries(books.context), [...books.invoices]);
    const transport = transportOf(relay, tenant);
    const device = await registerDevice(transport);
    let told = 0;
    const parts: EngineParts = {
      replica: books.context.replica,
      transport,
      device: () => device,
      checkpoint: () => Promise.resolve(),
      told: (_, count) => (told += count),
      taken: () => undefined,
    };
    await pushCollection(parts, 'clients', false);
    told = 0;
    const start = performance.now();
    await pushCollection(parts, 'invoices', false);
    const seconds = (performance.now() - start) / 1_000;
    if (told !== INVOICES) throw new Error(`${told} of ${INVOICES} invoices were told`);
    const ours = told / seconds;
    const plain = await batchedInserts(cloud, tenant);
    const pouch = await replicateWithPouch(recordsIn(books.context.replica));
    return [
      atLeast(0.2, 'push: mutations a second, inserts of 500 invoices', ours, plain),
      atLeast(1.3, 'push: mutations a second, PouchDB without items', ours, pouch),
    ];
  } finally {
    books.close();
    books.remove();
    await relay.stop();
  }
}

function recordsIn(replica: Replica): readonly InvoiceRecord[] {
  return replica.read((scope) =>
    invoicesAdapter.uids(scope).flatMap((uid) => invoicesAdapter.read(scope, uid)?.record ?? []),
  );
}

type Row = readonly unknown[];

/** Invoices a second. */
async function batchedInserts(cloud: Cloud, { business }: BenchTenant): Promise<number> {
  const connection = await createConnection({
    ...cloud.database.connection,
    database: 'doccentr_invoices',
    rowsAsArray: true,
    dateStrings: true,
    typeCast: (field, next) => (field.type === 'JSON' ? field.string() : next()),
  });
  try {
    const invoiceColumns = await columnsOf(connection, 'invoices');
    const itemColumns = await columnsOf(connection, 'invoice_items');
    const invoices = await readRows(connection, 'invoices', invoiceColumns, business);
    const items = await readRows(connection, 'invoice_items', itemColumns, business);
    if (invoices.length !== INVOICES || items.length !== 3 * INVOICES) {
      throw new Error(`${invoices.length} invoices and ${items.length} items are in the cloud`);
    }
    await connection.query('create table bench_invoices like invoices');
    await connection.query('create table bench_invoice_items like invoice_items');
    const start = performance.now();
    for (let at = 0; at < invoices.length; at += BATCH) {
      await connection.query('begin');
      const heads = invoices.slice(at, at + BATCH);
      const lines = items.slice(3 * at, 3 * (at + BATCH));
      await connection.query(`insert into bench_invoices (${invoiceColumns}) values ?`, [heads]);
      await connection.query(`insert into bench_invoice_items (${itemColumns}) values ?`, [lines]);
      await connection.query('commit');
    }
    const seconds = (performance.now() - start) / 1_000;
    await connection.query('drop table bench_invoices, bench_invoice_items');
    return INVOICES / seconds;
  } finally {
    await connection.end();
  }
}

/** Those that are stored as given, separated by commas. */
async function columnsOf(connection: Connection, table: string): Promise<string> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `select column_name from information_schema.columns
     where table_schema = database() and table_name = ? and extra not like '%GENERATED%'
     order by ordinal_position`,
    [table],
  );
  return (rows as unknown as readonly (readonly string[])[]).flat().join(', ');
}

async function readRows(
  connection: Connection,
  table: string,
  columns: string,
  business: string,
): Promise<readonly Row[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `select ${columns} from ${table} where tenant = ?`,
    [business],
  );
  return rows as unknown as readonly Row[];
}
