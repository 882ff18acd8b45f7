import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  index,
  int,
  mysqlTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';

import type { BusinessSettings, ClientState } from '../../../../src/shared/contracts/events/events';
import type { MailKind } from '../../../../src/shared/contracts/internal/mail-permit';
import type { DeliveryState } from '../../../../src/shared/contracts/rest-v1/invoices';
import type { Logo } from '../../../../src/shared/domain/business';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../src/shared/domain/currency';
import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type {
  BusinessUid,
  InvoiceUid,
  LineUid,
  OrderUid,
  PaymentUid,
  ProductUid,
  SeriesUid,
} from '../../../../src/shared/domain/ids';
import type { DocumentContent, InvoiceKind } from '../../../../src/shared/domain/invoice';
import type { Discount } from '../../../../src/shared/domain/line-item';
import type { MinorUnits } from '../../../../src/shared/domain/money';
import type { PaymentMethod } from '../../../../src/shared/domain/payment';
import type { TaxSnapshot } from '../../../../src/shared/domain/tax';
import { jsonColumn, momentColumn, uuidColumn } from '../../../kit/database/columns';
import type { CreationRequest } from '../domain/creation';
import type { TimelineState, TimelineStep } from '../domain/timeline';

export {
  idempotencyKeys,
  memberships,
  outbox,
  stepOutcomes,
} from '../../../kit/database/kit-tables';

function tenantColumn() {
  return uuidColumn('tenant').$type<BusinessUid>().notNull();
}

/** A calendar day as text, which sorts by time. */
function dayColumn(name: string) {
  return char(name, { length: 10 }).$type<CalendarDate>();
}

/** Minor units of the document's currency. */
function amountColumn(name: string) {
  return bigint(name, { mode: 'number' }).$type<MinorUnits>();
}

/** Invoices and credit notes: facts. What they add up to (paid, overdue) is derived at reading. */
export const invoices = mysqlTable(
  'invoices',
  {
    tenant: tenantColumn(),
    id: int('id').autoincrement().notNull(),
    uid: uuidColumn('uid').$type<InvoiceUid>().notNull(),
    kind: varchar('kind', { length: 12 }).$type<InvoiceKind>().notNull(),
    revision: int('revision').notNull(),
    clientId: int('client_id').notNull(),
    orderId: int('order_id'),
    orderUid: uuidColumn('order_uid').$type<OrderUid>(),
    orderNumber: varchar('order_number', { length: 50 }).notNull(),
    correctsId: int('corrects_id'),
    /** All but the lines, which have a table of their own. */
    head: jsonColumn<DocumentHead>('head').notNull(),
    currency: char('currency', { length: 3 }).$type<CurrencyCode>().notNull(),
    /** Billionths; null for documents in the business's own currency. */
    exchangeRate: bigint('exchange_rate', { mode: 'number' }),
    issueDate: dayColumn('issue_date').notNull(),
    dueDate: dayColumn('due_date').notNull(),
    buyerReference: varchar('buyer_reference', { length: 100 }).notNull(),
    notes: text('notes').notNull(),
    net: amountColumn('net').notNull(),
    tax: amountColumn('tax').notNull(),
    total: amountColumn('total').notNull(),
    number: varchar('number', { length: 50 }),
    seriesUid: uuidColumn('series_uid').$type<SeriesUid>(),
    period: smallint('period'),
    sequence: int('sequence'),
    finalisedAt: momentColumn('finalised_at'),
    /** Payments less reversals and refunds. */
    paid: amountColumn('paid').notNull(),
    /** Total of the credit notes that correct it. */
    credited: amountColumn('credited').notNull(),
    /** The last mail that was asked for, as `sends` has it; null where none was. */
    deliveryState: varchar('delivery_state', { length: 12 }).$type<DeliveryState>(),
    deliverySendUid: uuidColumn('delivery_send_uid'),
    deliveryAttempt: int('delivery_attempt'),
    deliveryReason: varchar('delivery_reason', { length: 100 }),
    deliveryAt: momentColumn('delivery_at'),
    /** When a mail with it first went out. */
    sentAt: momentColumn('sent_at'),
    pdfSha256: char('pdf_sha256', { length: 64 }),
    remindersPaused: boolean('reminders_paused').notNull(),
    /** The highest step of the ladder that a reminder was made for, from 1. */
    reminderStep: smallint('reminder_step').notNull(),
    /** The day on which it was told to be overdue: that happens once. */
    overdueNotedOn: dayColumn('overdue_noted_on'),
    /** Money is still to come: what the hourly look at due dates goes through. */
    isOpen: boolean('is_open').generatedAlwaysAs(
      sql`(kind = 'invoice' and finalised_at is not null and deleted_at is null and total - paid - credited > 0)`,
      { mode: 'stored' },
    ),
    deletedAt: momentColumn('deleted_at'),
    createdAt: momentColumn('created_at').notNull(),
    updatedAt: momentColumn('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    uniqueIndex('invoices_id').on(table.id),
    uniqueIndex('invoices_uid').on(table.tenant, table.uid),
    uniqueIndex('invoices_number').on(table.tenant, table.seriesUid, table.period, table.sequence),
    index('invoices_client').on(table.tenant, table.clientId, table.id),
    index('invoices_corrects').on(table.tenant, table.correctsId),
    index('invoices_open').on(table.isOpen, table.dueDate),
  ],
);

export type DocumentHead = Omit<DocumentContent, 'lines'>;

export const invoiceItems = mysqlTable(
  'invoice_items',
  {
    tenant: tenantColumn(),
    invoiceId: int('invoice_id').notNull(),
    position: smallint('position').notNull(),
    id: int('id').autoincrement().notNull(),
    lineUid: uuidColumn('line_uid').$type<LineUid>().notNull(),
    description: text('description').notNull(),
    unit: varchar('unit', { length: 20 }).notNull(),
    /** Thousandths. */
    quantity: bigint('quantity', { mode: 'number' }).notNull(),
    /** Ten-thousandths of the major unit. */
    unitPrice: bigint('unit_price', { mode: 'number' }).notNull(),
    total: amountColumn('total').notNull(),
    tax: jsonColumn<TaxSnapshot>('tax').notNull(),
    discount: jsonColumn<Discount>('discount'),
    productUid: uuidColumn('product_uid').$type<ProductUid>(),
    /** Of a credit note: the invoice line that it credits. */
    sourceLineUid: uuidColumn('source_line_uid').$type<LineUid>(),
    /** The order line that it invoices. */
    orderItemId: int('order_item_id'),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.invoiceId, table.position] }),
    uniqueIndex('invoice_items_id').on(table.id),
  ],
);

/** The paper of finalised documents, complete but for the logo, which lies in `assets`. */
export const frozenDocuments = mysqlTable(
  'frozen_documents',
  {
    tenant: tenantColumn(),
    invoiceId: int('invoice_id').notNull(),
    document: jsonColumn<FrozenDocument>('document').notNull(),
    logoSha256: char('logo_sha256', { length: 64 }),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.invoiceId] })],
);

/** Pictures, each stored once. */
export const assets = mysqlTable(
  'assets',
  {
    tenant: tenantColumn(),
    sha256: char('sha256', { length: 64 }).notNull(),
    data: jsonColumn<Logo>('data').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.sha256] })],
);

/** Append-only: what undoes a payment is another row that names it. */
export const payments = mysqlTable(
  'payments',
  {
    tenant: tenantColumn(),
    id: int('id').autoincrement().notNull(),
    uid: uuidColumn('uid').$type<PaymentUid>().notNull(),
    invoiceId: int('invoice_id').notNull(),
    date: dayColumn('date').notNull(),
    amount: amountColumn('amount').notNull(),
    method: varchar('method', { length: 20 }).$type<PaymentMethod>().notNull(),
    reference: varchar('reference', { length: 140 }).notNull(),
    reversesId: int('reverses_id'),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    uniqueIndex('payments_id').on(table.id),
    uniqueIndex('payments_reverses').on(table.tenant, table.reversesId),
    index('payments_invoice').on(table.tenant, table.invoiceId),
  ],
);

/** The cloud's own series of a business; whoever takes a number holds its row until the commit. */
export const numberSeries = mysqlTable(
  'number_series',
  {
    tenant: tenantColumn(),
    kind: varchar('kind', { length: 12 }).$type<InvoiceKind>().notNull(),
    uid: uuidColumn('uid').$type<SeriesUid>().notNull(),
    letter: varchar('letter', { length: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.kind] })],
);

/** The last number of a series in a year. */
export const numberPeriods = mysqlTable(
  'number_periods',
  {
    tenant: tenantColumn(),
    seriesUid: uuidColumn('series_uid').$type<SeriesUid>().notNull(),
    period: smallint('period').notNull(),
    last: int('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.seriesUid, table.period] })],
);

/** What a POST asked for, until the first step of its workflow has made the invoice of it. */
export const creations = mysqlTable(
  'creations',
  {
    tenant: tenantColumn(),
    sendUid: uuidColumn('send_uid').notNull(),
    invoiceUid: uuidColumn('invoice_uid').$type<InvoiceUid>().notNull(),
    request: jsonColumn<CreationRequest>('request').notNull(),
    storedAt: momentColumn('stored_at'),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.sendUid] }),
    index('creations_waiting').on(table.storedAt, table.createdAt),
  ],
);

/** Mails that were asked for. At most one goes out per send (DOMAIN 18). */
export const sends = mysqlTable(
  'sends',
  {
    tenant: tenantColumn(),
    sendUid: uuidColumn('send_uid').notNull(),
    invoiceId: int('invoice_id').notNull(),
    kind: varchar('kind', { length: 12 }).$type<MailKind>().notNull(),
    state: varchar('state', { length: 12 }).$type<DeliveryState>().notNull(),
    attempt: int('attempt').notNull(),
    reason: varchar('reason', { length: 100 }),
    /** Notifications told that SES took the mail. */
    isMailed: boolean('is_mailed').notNull(),
    /** Nothing was to be paid when it was asked for, so that being paid is no reason against it. */
    wasSettled: boolean('was_settled').notNull(),
    reminderStep: smallint('reminder_step'),
    permitMessageUid: uuidColumn('permit_message_uid'),
    permittedAt: momentColumn('permitted_at'),
    createdAt: momentColumn('created_at').notNull(),
    updatedAt: momentColumn('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.sendUid] }),
    index('sends_invoice').on(table.tenant, table.invoiceId),
    index('sends_pending').on(table.state, table.updatedAt),
  ],
);

/** What happened to an invoice on its way; an entry's key keeps it single. */
export const timeline = mysqlTable(
  'timeline',
  {
    tenant: tenantColumn(),
    invoiceId: int('invoice_id').notNull(),
    id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().notNull(),
    entryKey: varchar('entry_key', { length: 160 }).notNull(),
    step: varchar('step', { length: 20 }).$type<TimelineStep>().notNull(),
    state: varchar('state', { length: 10 }).$type<TimelineState>().notNull(),
    at: momentColumn('at').notNull(),
    attempt: int('attempt').notNull(),
    /** Null where whoever told of it does not know. */
    stepAttempt: int('step_attempt'),
    sendUid: uuidColumn('send_uid'),
    reason: varchar('reason', { length: 100 }),
    details: jsonColumn<Readonly<Record<string, string>>>('details').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.invoiceId, table.id] }),
    uniqueIndex('timeline_id').on(table.id),
    uniqueIndex('timeline_entry').on(table.tenant, table.invoiceId, table.entryKey),
  ],
);

/** Settings of businesses, as the auth service told. */
export const businesses = mysqlTable(
  'businesses',
  {
    tenant: tenantColumn(),
    revision: int('revision').notNull(),
    settings: jsonColumn<StoredSettings>('settings').notNull(),
    logoSha256: char('logo_sha256', { length: 64 }),
    timeZone: varchar('time_zone', { length: 60 }).notNull(),
    remindersEnabled: boolean('reminders_enabled').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant] }),
    index('businesses_time_zone').on(table.timeZone),
  ],
);

/** The logo lies in `assets`. */
export type StoredSettings = Omit<BusinessSettings, 'logo'>;

/** Clients, as the clients service told. Deleted ones stay, so that an old event changes nothing. */
export const clients = mysqlTable(
  'clients',
  {
    tenant: tenantColumn(),
    id: int('id').notNull(),
    revision: int('revision').notNull(),
    state: jsonColumn<ClientState>('state').notNull(),
    remindersPaused: boolean('reminders_paused').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);
