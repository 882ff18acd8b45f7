import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  index,
  int,
  mediumtext,
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
import type { SendRecord, SendState } from '../../../../src/shared/contracts/sync/records';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../src/shared/domain/currency';
import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type {
  BusinessUid,
  ClientUid,
  InvoiceUid,
  LineUid,
  OrderUid,
  PaymentUid,
  ProductUid,
  SeriesUid,
} from '../../../../src/shared/domain/ids';
import type { InvoiceKind } from '../../../../src/shared/domain/invoice';
import type { Discount } from '../../../../src/shared/domain/line-item';
import type { MinorUnits } from '../../../../src/shared/domain/money';
import type { PaymentMethod } from '../../../../src/shared/domain/payment';
import type { TaxSnapshot } from '../../../../src/shared/domain/tax';
import { jsonColumn, momentColumn, uuidColumn } from '../../../kit/database/columns';
import type { DocumentHead } from '../domain/content-columns';
import type { CreationRequest } from '../domain/creation';
import type { TimelineState, TimelineStep } from '../domain/timeline';

export {
  idempotencyKeys,
  memberships,
  outbox,
  stepOutcomes,
  syncDevices,
  syncHeads,
  syncMutations,
  syncRecords,
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
    /** Null while the client is not known here, or a draft has none: REST does not show it then. */
    clientId: int('client_id'),
    clientUid: uuidColumn('client_uid').$type<ClientUid>(),
    /** Null while the order is not known here. */
    orderId: int('order_id'),
    orderUid: uuidColumn('order_uid').$type<OrderUid>(),
    orderNumber: varchar('order_number', { length: 50 }).notNull(),
    /** Null while the corrected document is not here. */
    correctsId: int('corrects_id'),
    correctsUid: uuidColumn('corrects_uid').$type<InvoiceUid>(),
    /** As printed; empty while a draft. */
    clientName: varchar('client_name', { length: 200 }).notNull(),
    /** History from elsewhere: numbered outside all series, without a paper. */
    isImported: boolean('is_imported').notNull(),
    /** What another device finalised of the same draft first (R42). */
    duplicateOf: uuidColumn('duplicate_of').$type<InvoiceUid>(),
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
    /** The own uid of a document whose number another one had first (R44), else empty. */
    numberClash: varchar('number_clash', { length: 36 }).notNull(),
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
    uniqueIndex('invoices_number').on(
      table.tenant,
      table.seriesUid,
      table.period,
      table.sequence,
      table.numberClash,
    ),
    index('invoices_client').on(table.tenant, table.clientId, table.id),
    index('invoices_client_uid').on(table.tenant, table.clientUid),
    index('invoices_order_uid').on(table.tenant, table.orderUid),
    index('invoices_corrects').on(table.tenant, table.correctsUid),
    index('invoices_open').on(table.isOpen, table.dueDate),
  ],
);

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
    /** The order line that it invoices; devices know it by its uid alone. */
    orderItemId: int('order_item_id'),
    orderLineUid: uuidColumn('order_line_uid').$type<LineUid>(),
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
    invoiceUid: uuidColumn('invoice_uid').$type<InvoiceUid>().notNull(),
    document: jsonColumn<FrozenDocument>('document').notNull(),
    logoSha256: char('logo_sha256', { length: 64 }),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.invoiceUid] })],
);

/** Pictures, each stored once. */
export const assets = mysqlTable(
  'assets',
  {
    tenant: tenantColumn(),
    sha256: char('sha256', { length: 64 }).notNull(),
    /** JSON text of a `Logo`; its hash names it, so it is kept to the letter. */
    data: mediumtext('data').notNull(),
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
    /** Null while the invoice is not here (R20). */
    invoiceId: int('invoice_id'),
    invoiceUid: uuidColumn('invoice_uid').$type<InvoiceUid>().notNull(),
    date: dayColumn('date').notNull(),
    amount: amountColumn('amount').notNull(),
    method: varchar('method', { length: 20 }).$type<PaymentMethod>().notNull(),
    reference: varchar('reference', { length: 140 }).notNull(),
    reversesUid: uuidColumn('reverses_uid').$type<PaymentUid>(),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    uniqueIndex('payments_id').on(table.id),
    uniqueIndex('payments_uid').on(table.tenant, table.uid),
    index('payments_invoice').on(table.tenant, table.invoiceUid),
    index('payments_waiting').on(table.invoiceId),
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
    /** Null while the document is not here: the send is `queued` until it is (R20). */
    invoiceId: int('invoice_id'),
    invoiceUid: uuidColumn('invoice_uid').$type<InvoiceUid>().notNull(),
    kind: varchar('kind', { length: 12 }).$type<MailKind>().notNull(),
    /** What a person wrote before it went out. Empty lists and texts: the business's own. */
    mail: jsonColumn<SendMail>('mail').notNull(),
    requestedAt: momentColumn('requested_at').notNull(),
    /** When a person took the wish back. */
    cancelledAt: momentColumn('cancelled_at'),
    /** Raised by a person who wants it tried again. */
    wantedAttempt: int('wanted_attempt').notNull(),
    state: varchar('state', { length: 12 }).$type<SendState>().notNull(),
    attempt: int('attempt').notNull(),
    reason: varchar('reason', { length: 100 }),
    settledAt: momentColumn('settled_at'),
    /** Notifications told that SES took the mail. */
    isMailed: boolean('is_mailed').notNull(),
    /** Nothing was to be paid when it was asked for, so that being paid is no reason against it. */
    wasSettled: boolean('was_settled').notNull(),
    reminderStep: smallint('reminder_step'),
    /** The attempt that a person wants though an earlier one may have gone out. */
    anywayAttempt: int('anyway_attempt'),
    /** Of this attempt: from here on nobody takes it back. */
    permitMessageUid: uuidColumn('permit_message_uid'),
    permittedAt: momentColumn('permitted_at'),
    createdAt: momentColumn('created_at').notNull(),
    updatedAt: momentColumn('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.sendUid] }),
    index('sends_invoice').on(table.tenant, table.invoiceUid),
    index('sends_pending').on(table.state, table.updatedAt),
  ],
);

export type SendMail = Pick<
  SendRecord,
  'to' | 'cc' | 'bcc' | 'replyTo' | 'subject' | 'body' | 'attachmentHashes'
>;

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
    index('timeline_send').on(table.tenant, table.sendUid),
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
    uid: uuidColumn('uid').$type<ClientUid>().notNull(),
    revision: int('revision').notNull(),
    state: jsonColumn<ClientState>('state').notNull(),
    remindersPaused: boolean('reminders_paused').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index('clients_uid').on(table.tenant, table.uid),
  ],
);

/** Which order a uid means, as the orders service told. */
export const orders = mysqlTable(
  'orders',
  {
    tenant: tenantColumn(),
    uid: uuidColumn('uid').$type<OrderUid>().notNull(),
    id: int('id').notNull(),
    revision: int('revision').notNull(),
    number: varchar('number', { length: 50 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.uid] })],
);
