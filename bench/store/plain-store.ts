import Database from 'better-sqlite3';

import { invoiceWords } from '../../src/core/features/documents/document-words';
import type { NewInvoice } from '../../src/core/features/invoices/invoice-repository';
import { migrate } from '../../src/core/replica/migrate';

type Row = readonly unknown[];

/** Tables that rows are added to, in an order that keeps foreign keys. */
const ADDED = [
  'tax_snapshots',
  'invoices',
  'invoice_lines',
  'payments',
  'outbox',
  'activity',
] as const;

/** Tables of sums: how many columns are their key; the others are added up. */
const SUMMED = { day_sums: 3, client_sums: 2, invoice_sums: 3 } as const;

/** The very rows that a batch added to a replica, and what it added to the sums. */
export interface WrittenRows {
  readonly added: Readonly<Record<(typeof ADDED)[number], readonly Row[]>>;
  readonly words: readonly Row[];
  readonly sums: Readonly<Record<keyof typeof SUMMED, readonly Row[]>>;
}

/** Reads, after each batch, what it has written. */
export class RowReader {
  readonly #last = new Map<string, number>();
  readonly #sums = new Map<string, Row>();

  constructor(private readonly connection: Database.Database) {}

  read(records: readonly NewInvoice[]): WrittenRows {
    const added = Object.fromEntries(
      ADDED.map((table) => [table, this.#newRows(table)]),
    ) as unknown as WrittenRows['added'];
    const words = records.map(({ invoice, clientName }, index) => [
      added.invoices[index]?.[0],
      invoiceWords(invoice, clientName),
    ]);
    const sums = Object.fromEntries(
      Object.entries(SUMMED).map(([table, keys]) => [table, this.#addedSums(table, keys)]),
    ) as unknown as WrittenRows['sums'];
    return { added, words, sums };
  }

  #newRows(table: string): readonly Row[] {
    const last = this.#last.get(table) ?? 0;
    const rows = this.connection
      .prepare<[number], Row>(`SELECT * FROM ${table} WHERE id > ? ORDER BY id`)
      .raw()
      .all(last);
    this.#last.set(table, Number(rows.at(-1)?.[0] ?? last));
    return rows;
  }

  #addedSums(table: string, keys: number): readonly Row[] {
    const rows = this.connection.prepare<[], Row>(`SELECT * FROM ${table}`).raw().all();
    return rows.flatMap((row) => {
      const key = `${table} ${row.slice(0, keys).join(' ')}`;
      const before = this.#sums.get(key);
      this.#sums.set(key, row);
      const change = row.map((value, index) =>
        index < keys ? value : Number(value) - Number(before?.[index] ?? 0),
      );
      return change.slice(keys).some((value) => value !== 0) ? [change] : [];
    });
  }
}

/** better-sqlite3 with prepared statements and nothing else, on the same shape and settings. */
export interface PlainStore {
  readonly connection: Database.Database;
  write(rows: WrittenRows): void;
  close(): void;
}

export function openPlainStore(path: string): PlainStore {
  const connection = new Database(path);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('cache_size = -8000');
  connection.pragma('temp_store = MEMORY');
  migrate(connection);
  const inserts = ADDED.map((table) => [table, connection.prepare(insertInto(table))] as const);
  const insertWords = connection.prepare(
    'INSERT INTO invoices_search (rowid, words) VALUES (?, ?)',
  );
  const upserts = Object.entries(SUMMED).map(
    ([table, keys]) =>
      [table as keyof typeof SUMMED, connection.prepare(addTo(table, keys))] as const,
  );

  function insertInto(table: string): string {
    return `INSERT INTO ${table} VALUES (${columnsOf(table)
      .map(() => '?')
      .join(', ')})`;
  }

  function addTo(table: string, keys: number): string {
    const names = columnsOf(table);
    const changes = names.slice(keys).map((name) => `${name} = ${name} + excluded.${name}`);
    return `${insertInto(table)} ON CONFLICT DO UPDATE SET ${changes.join(', ')}`;
  }

  function columnsOf(table: string): readonly string[] {
    const columns = connection.pragma(`table_info(${table})`) as readonly { name: string }[];
    return columns.map(({ name }) => name);
  }

  const write = connection.transaction(({ added, words, sums }: WrittenRows) => {
    for (const [table, insert] of inserts) for (const row of added[table]) insert.run(...row);
    for (const row of words) insertWords.run(...row);
    for (const [table, upsert] of upserts) for (const row of sums[table]) upsert.run(...row);
  });
  return { connection, write: (rows) => write.immediate(rows), close: () => connection.close() };
}

/** What both stores hold, to be compared: every table's count and sum of lengths. */
export function contentOf(connection: Database.Database): unknown {
  const counts = [...ADDED, ...Object.keys(SUMMED)].map((table) => [
    table,
    connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  ]);
  const found = connection
    .prepare(`SELECT count(*) FROM invoices_search WHERE invoices_search MATCH '"consulting"'`)
    .pluck()
    .get();
  const sums = connection.prepare('SELECT * FROM day_sums ORDER BY 1, 2, 3').raw().all();
  return { counts, found, sums };
}
