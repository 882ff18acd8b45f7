import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';

import type { Invoice } from '../../../shared/domain/invoice';
import type { Totals } from '../../../shared/domain/totals';
import { computeTotals, totals as totalsSchema } from '../../../shared/domain/totals';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { documents, invoices } from '../../replica/schema';
import {
  insertInvoiceLines,
  readInvoiceLines,
  replaceInvoiceLines,
} from '../documents/document-lines';
import { invoiceWords } from '../documents/document-words';
import { addWords, indexWords, removeWords } from '../../listing/search-index';
import { preparedInsert, preparedUpdate } from '../documents/prepared-rows';
import { SumChanges } from '../documents/sums';
import { toInvoice, toRow, toSummed } from './invoice-mapping';

/** An invoice or credit note with its place in the file. */
export interface StoredInvoice {
  readonly id: number;
  /** As printed once finalised, as the client is called now while a draft. */
  readonly clientName: string;
  readonly invoice: Invoice;
}

/** A new invoice or credit note, its derived figures consistent (see invoice-facts.ts). */
export type NewInvoice = Omit<StoredInvoice, 'id'>;

const byUid = prepared((db) =>
  db
    .select()
    .from(invoices)
    .where(eq(invoices.uid, sql.placeholder('uid')))
    .prepare(),
);

const frozenTotals = prepared((db) =>
  db
    .select({ totals: sql<string>`json_extract(${documents.frozen}, '$.totals')` })
    .from(documents)
    .where(eq(documents.invoiceId, sql.placeholder('id')))
    .prepare(),
);

/** One document, deleted drafts included; null when this replica has none of that uid. */
export function findInvoice(scope: ReadScope, uid: string): StoredInvoice | null {
  const row = byUid(scope.db).get({ uid });
  return row === undefined ? null : load(scope, row);
}

function load(scope: ReadScope, row: typeof invoices.$inferSelect): StoredInvoice {
  const lines = readInvoiceLines(scope, row.id);
  const draft = toInvoice(row, lines, NO_TOTALS);
  // What was printed stays what is shown, also if a later version computed otherwise.
  const frozen = row.finalisedAt === null ? undefined : frozenTotals(scope.db).get({ id: row.id });
  const totals = frozen
    ? totalsSchema.parse(JSON.parse(frozen.totals))
    : computeTotals(draft.content);
  return { id: row.id, clientName: row.clientName, invoice: { ...draft, totals } };
}

const NO_TOTALS: Totals = computeTotals({
  currency: 'EUR' as Invoice['content']['currency'],
  pricesIncludeTax: false,
  discount: null,
  lines: [],
});

const ofOrder = prepared((db) =>
  db
    .select()
    .from(invoices)
    .where(and(eq(invoices.orderUid, sql.placeholder('orderUid')), isNull(invoices.deletedAt)))
    .orderBy(desc(invoices.id))
    .prepare(),
);

/** The documents made from an order and the credit notes that correct them, newest first. */
export function findInvoicesOfOrder(scope: ReadScope, orderUid: string): StoredInvoice[] {
  return ofOrder(scope.db)
    .all({ orderUid })
    .map((row) => load(scope, row));
}

const correcting = prepared((db) =>
  db
    .select()
    .from(invoices)
    .where(and(eq(invoices.correctsUid, sql.placeholder('uid')), isNull(invoices.deletedAt)))
    .orderBy(asc(invoices.id))
    .prepare(),
);

/** The credit notes of an invoice, drafts included, oldest first. */
export function findCreditNotes(scope: ReadScope, uid: string): StoredInvoice[] {
  return correcting(scope.db)
    .all({ uid })
    .map((row) => load(scope, row));
}

const insert = preparedInsert(invoices);

/**
 * Stores new invoices with lines, search words and sums, in the caller's transaction. The fastest
 * way in for many: one transaction may hold thousands. Tells neither outbox nor activity: the
 * caller records what he did. Answers the `id` of each.
 */
export function insertInvoices(scope: WriteScope, records: readonly NewInvoice[]): number[] {
  const sums = new SumChanges();
  // One table after the other: each keeps its pages at hand.
  const ids = records.map(({ invoice, clientName }) => insert(scope, toRow(invoice, clientName)));
  for (const [index, { invoice }] of records.entries()) {
    insertInvoiceLines(scope, ids[index] ?? 0, invoice.content.lines);
  }
  for (const [index, record] of records.entries()) {
    const words = wordsIfStanding(record);
    if (words !== null) addWords(scope, 'invoices_search', ids[index] ?? 0, words);
    sums.document(null, toSummed(record.invoice));
  }
  sums.apply(scope);
  return ids;
}

export function insertInvoice(scope: WriteScope, record: NewInvoice): StoredInvoice {
  const [id] = insertInvoices(scope, [record]);
  if (id === undefined) throw new Error('an invoice without its row');
  return { ...record, id };
}

const update = preparedUpdate(invoices);

/** Stores a changed invoice: row, lines, search words and sums, in the caller's transaction. */
export function saveInvoice(
  scope: WriteScope,
  before: StoredInvoice,
  after: NewInvoice,
): StoredInvoice {
  const { id } = before;
  update(scope, id, toRow(after.invoice, after.clientName));
  const { lines } = after.invoice.content;
  if (JSON.stringify(lines) !== JSON.stringify(before.invoice.content.lines)) {
    replaceInvoiceLines(scope, id, lines);
  }
  changeWords(scope, id, wordsIfStanding(before), wordsIfStanding(after));
  const sums = new SumChanges();
  sums.document(toSummed(before.invoice), toSummed(after.invoice));
  sums.apply(scope);
  return { id, clientName: after.clientName, invoice: after.invoice };
}

/** What the index holds of a document; null for deleted drafts, which nothing finds. */
function wordsIfStanding({ invoice, clientName }: NewInvoice): string | null {
  return invoice.deletedAt === null ? invoiceWords(invoice, clientName) : null;
}

function changeWords(
  scope: WriteScope,
  id: number,
  before: string | null,
  after: string | null,
): void {
  if (before === after) return;
  if (after === null) removeWords(scope, 'invoices_search', id);
  else indexWords(scope, 'invoices_search', id, after);
}
