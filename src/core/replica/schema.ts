import { blob, customType, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import type { SendRecord, SendState } from '../../shared/contracts/sync/records';
import type { BusinessInput } from '../../shared/domain/business';
import type { Instant } from '../../shared/domain/calendar-date';
import type { Discount } from '../../shared/domain/line-item';
import type { ExchangeRate } from '../../shared/domain/invoice';
import type { Address } from '../../shared/domain/party';
import type { PaymentTerms } from '../../shared/domain/payment-terms';
import type { LocalizedText, TaxSnapshot } from '../../shared/domain/tax';

/**
 * The tables of a replica as drizzle sees them. The truth is the migrations; a test compares both.
 * Every record has an integer `id` (its place in the file, used by full text search and keyset
 * ties) and the `uid` that the rest of the world knows.
 */

/** JSON text with a type. */
function json<T>(name: string) {
  return customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    // Values of prepared queries come here even when they are null.
    toDriver: (value) => (value === null ? (value as never) : JSON.stringify(value)),
    fromDriver: (value) => JSON.parse(value) as T,
  })(name);
}

const identity = {
  id: integer('id').primaryKey(),
  uid: text('uid').notNull().unique(),
};

const timestamps = {
  createdAt: text('created_at').$type<Instant>().notNull(),
  updatedAt: text('updated_at').$type<Instant>().notNull(),
};

/** Small facts about the replica itself. */
export const meta = sqliteTable('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/** One row: the business that this replica belongs to. */
export const businesses = sqliteTable('businesses', {
  ...identity,
  data: json<BusinessInput>('data').notNull(),
  isDemo: integer('is_demo', { mode: 'boolean' }).notNull(),
  createdAt: text('created_at').$type<Instant>().notNull(),
});

export const taxCodes = sqliteTable('tax_codes', {
  ...identity,
  name: text('name').notNull(),
  category: text('category').notNull(),
  rate: integer('rate').notNull(),
  reasons: json<LocalizedText>('reasons').notNull(),
  archivedAt: text('archived_at').$type<Instant>(),
});

export const series = sqliteTable('series', {
  ...identity,
  kind: text('kind').notNull(),
  issuer: text('issuer').notNull(),
  letter: text('letter').notNull(),
  pattern: text('pattern').notNull(),
  resetsYearly: integer('resets_yearly', { mode: 'boolean' }).notNull(),
  /** Whether this device takes numbers from it. Never told: each device knows its own. */
  isCurrent: integer('is_current', { mode: 'boolean' }).notNull(),
});

/** Where a series stands in a period (a year, or 0). `last` is `start - 1` while none is taken. */
export const seriesPeriods = sqliteTable('series_periods', {
  id: integer('id').primaryKey(),
  seriesUid: text('series_uid').notNull(),
  period: integer('period').notNull(),
  start: integer('start').notNull(),
  last: integer('last').notNull(),
});

export const clients = sqliteTable('clients', {
  ...identity,
  name: text('name').notNull(),
  /** Folded name: the sort order of lists. */
  sortName: text('sort_name').notNull(),
  contactName: text('contact_name').notNull(),
  email: text('email').notNull(),
  /** Lower-case e-mail, for finding duplicates. */
  emailKey: text('email_key').notNull(),
  phone: text('phone').notNull(),
  address: json<Address>('address').notNull(),
  vatNumber: text('vat_number').notNull(),
  /** Its letters and digits alone, for finding duplicates. */
  vatKey: text('vat_key').notNull(),
  companyNumber: text('company_number').notNull(),
  currency: text('currency'),
  language: text('language'),
  formats: text('formats'),
  terms: json<PaymentTerms>('terms'),
  taxCodeUid: text('tax_code_uid'),
  remindersPaused: integer('reminders_paused', { mode: 'boolean' }).notNull(),
  notes: text('notes').notNull(),
  archivedAt: text('archived_at').$type<Instant>(),
  deletedAt: text('deleted_at').$type<Instant>(),
  ...timestamps,
});

export const products = sqliteTable('products', {
  ...identity,
  code: text('code').notNull(),
  name: text('name').notNull(),
  sortName: text('sort_name').notNull(),
  unit: text('unit').notNull(),
  unitPrice: integer('unit_price').notNull(),
  currency: text('currency').notNull(),
  taxCodeUid: text('tax_code_uid'),
  archivedAt: text('archived_at').$type<Instant>(),
  deletedAt: text('deleted_at').$type<Instant>(),
  ...timestamps,
});

/** Tax codes as copied onto lines, each different one once. */
export const taxSnapshots = sqliteTable('tax_snapshots', {
  id: integer('id').primaryKey(),
  snapshot: json<TaxSnapshot>('snapshot').notNull().unique(),
});

const amounts = {
  subtotal: integer('subtotal').notNull(),
  discountAmount: integer('discount_amount').notNull(),
  net: integer('net').notNull(),
  tax: integer('tax').notNull(),
  total: integer('total').notNull(),
};

const lineColumns = {
  id: integer('id').primaryKey(),
  uid: text('uid').notNull(),
  position: integer('position').notNull(),
  productUid: text('product_uid'),
  description: text('description').notNull(),
  unit: text('unit').notNull(),
  quantity: integer('quantity').notNull(),
  unitPrice: integer('unit_price').notNull(),
  discount: json<Discount>('discount'),
  taxSnapshotId: integer('tax_snapshot_id').notNull(),
  sourceLineUid: text('source_line_uid'),
};

export const orders = sqliteTable('orders', {
  ...identity,
  number: text('number').notNull(),
  /** The number with its digits padded, so that 10 comes after 9. */
  numberSort: text('number_sort').notNull(),
  status: text('status').notNull(),
  clientUid: text('client_uid'),
  clientName: text('client_name').notNull(),
  clientSort: text('client_sort').notNull(),
  currency: text('currency').notNull(),
  orderDate: text('order_date').notNull(),
  buyerReference: text('buyer_reference').notNull(),
  notes: text('notes').notNull(),
  pricesIncludeTax: integer('prices_include_tax', { mode: 'boolean' }).notNull(),
  discount: json<Discount>('discount'),
  ...amounts,
  deletedAt: text('deleted_at').$type<Instant>(),
  ...timestamps,
});

export const orderLines = sqliteTable('order_lines', {
  ...lineColumns,
  orderId: integer('order_id')
    .notNull()
    .references(() => orders.id, { onDelete: 'cascade' }),
});

/** Invoices and credit notes. Amounts are unsigned; `kind` gives the sign. */
export const invoices = sqliteTable(
  'invoices',
  {
    ...identity,
    kind: text('kind').notNull(),
    clientUid: text('client_uid'),
    /** The client's name: as printed once finalised, as it is now while a draft. */
    clientName: text('client_name').notNull(),
    clientSort: text('client_sort').notNull(),
    currency: text('currency').notNull(),
    exchangeRate: json<ExchangeRate>('exchange_rate'),
    issueDate: text('issue_date').notNull(),
    terms: json<PaymentTerms>('terms'),
    dueDate: text('due_date').notNull(),
    supplyFrom: text('supply_from'),
    supplyTo: text('supply_to'),
    buyerReference: text('buyer_reference').notNull(),
    notes: text('notes').notNull(),
    paymentReference: text('payment_reference').notNull(),
    language: text('language').notNull(),
    formats: text('formats').notNull(),
    pricesIncludeTax: integer('prices_include_tax', { mode: 'boolean' }).notNull(),
    discount: json<Discount>('discount'),
    bankAccountUid: text('bank_account_uid'),
    orderUid: text('order_uid'),
    correctsUid: text('corrects_uid'),
    number: text('number'),
    seriesUid: text('series_uid'),
    period: integer('period'),
    sequence: integer('sequence'),
    /** The number with its digits padded, so that 10 comes after 9; empty while a draft. */
    numberSort: text('number_sort').notNull(),
    finalisedAt: text('finalised_at').$type<Instant>(),
    pdfSha256: text('pdf_sha256'),
    isImported: integer('is_imported', { mode: 'boolean' }).notNull(),
    remindersPaused: integer('reminders_paused', { mode: 'boolean' }).notNull(),
    ...amounts,
    /** The total as lists show and sort it: negative on a credit note. */
    signedTotal: integer('signed_total').notNull(),
    paid: integer('paid').notNull(),
    credited: integer('credited').notNull(),
    /** Open balance of a finalised invoice; 0 for drafts and credit notes. Kept for lists. */
    balance: integer('balance').notNull(),
    /** `draft`, `open`, `partly_paid`, `paid`, `credited`: the status but for the day. Kept for lists. */
    settlement: text('settlement').notNull(),
    deletedAt: text('deleted_at').$type<Instant>(),
    ...timestamps,
  },
  (table) => [
    index('invoices_sequence')
      .on(table.seriesUid, table.period, table.sequence)
      .where(sql`sequence IS NOT NULL`),
    index('invoices_number').on(table.number),
  ],
);

export const invoiceLines = sqliteTable('invoice_lines', {
  ...lineColumns,
  invoiceId: integer('invoice_id')
    .notNull()
    .references(() => invoices.id, { onDelete: 'cascade' }),
});

/** What finalising froze: the complete input of the paper and its bytes. Never changed. */
export const documents = sqliteTable('documents', {
  invoiceId: integer('invoice_id')
    .primaryKey()
    .references(() => invoices.id, { onDelete: 'cascade' }),
  frozen: text('frozen').notNull(),
  /** Null until a paper that came from another device is made or fetched. */
  pdf: blob('pdf', { mode: 'buffer' }),
  sha256: text('sha256').notNull(),
});

/** What frozen documents refer to by hash (logos), each once. */
export const assets = sqliteTable('assets', {
  sha256: text('sha256').primaryKey(),
  data: text('data').notNull(),
});

/** Append-only. `currency` is the invoice's. */
export const payments = sqliteTable('payments', {
  ...identity,
  invoiceUid: text('invoice_uid').notNull(),
  date: text('date').notNull(),
  amount: integer('amount').notNull(),
  currency: text('currency').notNull(),
  method: text('method').notNull(),
  reference: text('reference').notNull(),
  reverses: text('reverses'),
  createdAt: text('created_at').$type<Instant>().notNull(),
});

/** E-mails with a document: what was asked for, and what the cloud told of each. */
export const sends = sqliteTable('sends', {
  ...identity,
  invoiceUid: text('invoice_uid').notNull(),
  /** As in `record`, for lists. */
  state: text('state').$type<SendState>().notNull(),
  requestedAt: text('requested_at').$type<Instant>().notNull(),
  record: json<SendRecord>('record').notNull(),
});

/** Sums by day, kept with every change, so that no figure needs a scan (see documents/sums.ts). */
export const daySums = sqliteTable('day_sums', {
  /** `open` by due date, `net` by issue date, `paid` by payment date. */
  figure: text('figure').notNull(),
  currency: text('currency').notNull(),
  day: text('day').notNull(),
  amount: integer('amount').notNull(),
  count: integer('count').notNull(),
});

/** What each client was invoiced and still owes, by currency; kept with every change. */
export const clientSums = sqliteTable('client_sums', {
  clientUid: text('client_uid').notNull(),
  currency: text('currency').notNull(),
  invoiced: integer('invoiced').notNull(),
  balance: integer('balance').notNull(),
});

/** How many documents there are and what they come to (signed), by what lists filter by most. */
export const invoiceSums = sqliteTable('invoice_sums', {
  kind: text('kind').notNull(),
  settlement: text('settlement').notNull(),
  currency: text('currency').notNull(),
  count: integer('count').notNull(),
  total: integer('total').notNull(),
  balance: integer('balance').notNull(),
});

/** Changes that no pull has shown yet, in the order they were made (docs/sync.md). */
export const outbox = sqliteTable('outbox', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  uuid: text('uuid').notNull().unique(),
  collection: text('collection').$type<SyncCollection>().notNull(),
  recordUid: text('record_uid').notNull(),
  kind: text('kind').$type<MutationBody['kind']>().notNull(),
  body: text('body').notNull(),
  createdAt: text('created_at').$type<Instant>().notNull(),
  /** `queued`; `sent` once it joined a batch; `acknowledged` once its outcome is known. */
  state: text('state').$type<'queued' | 'sent' | 'acknowledged'>().notNull(),
  /** Its number in the order of this device, from joining a batch on. */
  seq: integer('seq'),
  /** The collection's version at which the cloud had it. */
  version: integer('version'),
  /** By the cloud's clock, once a round has ended in which it was heard. */
  acknowledgedAt: text('acknowledged_at').$type<Instant>(),
});

/** Where each collection stands on this device. */
export const syncCollections = sqliteTable('sync_collections', {
  collection: text('collection').$type<SyncCollection>().primaryKey(),
  epoch: text('epoch'),
  cursor: integer('cursor').notNull(),
  head: integer('head'),
  /** The last number that a mutation of this device was given. */
  lastSeq: integer('last_seq').notNull(),
  /** Up to which number the outcomes are stored here. */
});

/** Small facts of sync: the account, the device's letter, whether it is paused. */
export const syncFacts = sqliteTable('sync_facts', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/** What needs a person, or was shown to one: conflicts, rejections, notices. */
export const attention = sqliteTable('attention', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  kind: text('kind').$type<'conflict' | 'rejection' | 'notice'>().notNull(),
  collection: text('collection').$type<SyncCollection>().notNull(),
  recordUid: text('record_uid').notNull(),
  at: text('at').$type<Instant>().notNull(),
  data: text('data').notNull(),
  settledAt: text('settled_at').$type<Instant>(),
});

/** Pulled records whose base has not come yet (a payment before its invoice). */
export const waitingRecords = sqliteTable('waiting_records', {
  collection: text('collection').$type<SyncCollection>().notNull(),
  uid: text('uid').notNull(),
  record: text('record').notNull(),
  deleted: integer('deleted', { mode: 'boolean' }).notNull(),
});

/** What a pull from the start has brought so far: the rest is not in the cloud (R63). */
export const resyncSeen = sqliteTable('resync_seen', {
  collection: text('collection').$type<SyncCollection>().notNull(),
  uid: text('uid').notNull(),
});

/** The newest lines of what sync did, for support. */
export const syncLog = sqliteTable('sync_log', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  at: text('at').$type<Instant>().notNull(),
  text: text('text').notNull(),
});

/** Documents that were finalised from a draft which another device had finalised before. */
export const duplicates = sqliteTable('duplicates', {
  uid: text('uid').primaryKey(),
  duplicateOf: text('duplicate_of').notNull(),
});

/** What was done when, to which fields; shown on the record's page. */
export const activity = sqliteTable('activity', {
  id: integer('id').primaryKey(),
  at: text('at').$type<Instant>().notNull(),
  collection: text('collection').notNull(),
  recordUid: text('record_uid').notNull(),
  action: text('action').notNull(),
  fields: json<readonly string[]>('fields').notNull(),
});

/** What an imported record became: importing it again finds it here by its natural key. */
export const importedRecords = sqliteTable('imported_records', {
  kind: text('kind').notNull(),
  key: text('key').notNull(),
  /** Hash of what the file said: tells an unchanged record from one that the file has changed. */
  content: text('content').notNull(),
  recordUid: text('record_uid').notNull(),
});

export const screenState = sqliteTable('screen_state', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});
