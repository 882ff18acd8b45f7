import {
  bigint,
  boolean,
  char,
  customType,
  date,
  index,
  int,
  mysqlTable,
  primaryKey,
  smallint,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';

import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../src/shared/domain/currency';
import type {
  BusinessUid,
  ClientUid,
  LineUid,
  OrderUid,
  ProductUid,
} from '../../../../src/shared/domain/ids';
import type { OrderStatus } from '../../../../src/shared/domain/order';
import type { TaxCategory } from '../../../../src/shared/domain/tax';
import { jsonColumn, momentColumn, uuidColumn } from '../../../kit/database/columns';

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

/** Text that is compared as it is: folded already, so that no collation has a say. */
function exactText(name: string, length: number) {
  return customType<{ data: string }>({
    dataType: () => `varchar(${length}) collate utf8mb4_bin`,
  })(name);
}

/** Scaled integers and minor units, all within what JavaScript counts exactly. */
function scaledColumn(name: string) {
  return bigint(name, { mode: 'number' });
}

function taxColumns() {
  return {
    taxName: varchar('tax_name', { length: 60 }).notNull(),
    taxCategory: varchar('tax_category', { length: 20 }).$type<TaxCategory>().notNull(),
    /** Thousandths of a percent. */
    taxRate: int('tax_rate').notNull(),
    taxReason: varchar('tax_reason', { length: 300 }).notNull(),
  };
}

export const orders = mysqlTable(
  'orders',
  {
    tenant: uuidColumn('tenant').notNull(),
    id: int('id').autoincrement().notNull(),
    uid: uuidColumn('uid').$type<OrderUid>().notNull(),
    revision: int('revision').notNull(),
    number: varchar('number', { length: 50 }).notNull(),
    clientId: int('client_id').notNull(),
    status: varchar('status', { length: 20 }).$type<OrderStatus>().notNull(),
    orderDate: date('order_date', { mode: 'string' }).$type<CalendarDate>().notNull(),
    currency: char('currency', { length: 3 }).$type<CurrencyCode>().notNull(),
    buyerReference: varchar('buyer_reference', { length: 100 }).notNull(),
    notes: varchar('notes', { length: 2000 }).notNull(),
    pricesIncludeTax: boolean('prices_include_tax').notNull(),
    /** Minor units, tax included. */
    total: scaledColumn('total').notNull(),
    deletedAt: momentColumn('deleted_at'),
    createdAt: momentColumn('created_at').notNull(),
    updatedAt: momentColumn('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    uniqueIndex('orders_id').on(table.id),
    uniqueIndex('orders_uid').on(table.tenant, table.uid),
    // Devices that worked apart can bring the same number along: it stands, and is told.
    index('orders_number').on(table.tenant, table.number),
    index('orders_status').on(table.tenant, table.status, table.id),
    index('orders_client').on(table.tenant, table.clientId, table.id),
  ],
);

export const orderItems = mysqlTable(
  'order_items',
  {
    tenant: uuidColumn('tenant').notNull(),
    orderId: int('order_id').notNull(),
    id: int('id').autoincrement().notNull(),
    uid: uuidColumn('uid').$type<LineUid>().notNull(),
    /** From 0; what lines are sorted by. */
    position: smallint('position').notNull(),
    productId: int('product_id'),
    productName: varchar('product_name', { length: 255 }).notNull(),
    unit: varchar('unit', { length: 20 }).notNull(),
    /** Thousandths. */
    quantity: scaledColumn('quantity').notNull(),
    /** Ten-thousandths of the major unit. */
    unitPrice: scaledColumn('unit_price').notNull(),
    ...taxColumns(),
    /** Minor units. */
    total: scaledColumn('total').notNull(),
    /** Thousandths that finalised documents take. */
    invoiced: scaledColumn('invoiced').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.orderId, table.id] }),
    uniqueIndex('order_items_id').on(table.id),
    uniqueIndex('order_items_uid').on(table.tenant, table.orderId, table.uid),
  ],
);

/** The last number taken in a year; its row's lock makes the series gapless. */
export const orderNumbers = mysqlTable(
  'order_numbers',
  {
    tenant: uuidColumn('tenant').notNull(),
    year: smallint('year').notNull(),
    last: int('last_sequence').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.year] })],
);

export const products = mysqlTable(
  'products',
  {
    tenant: uuidColumn('tenant').notNull(),
    id: int('id').autoincrement().notNull(),
    uid: uuidColumn('uid').$type<ProductUid>().notNull(),
    revision: int('revision').notNull(),
    code: varchar('code', { length: 40 }).notNull(),
    /** Which of the tenant's products holds the code: null where there is none, and for deleted. */
    codeKey: exactText('code_key', 120),
    name: varchar('name', { length: 255 }).notNull(),
    unit: varchar('unit', { length: 20 }).notNull(),
    /** Ten-thousandths of the major unit. */
    unitPrice: scaledColumn('unit_price').notNull(),
    currency: char('currency', { length: 3 }).$type<CurrencyCode>().notNull(),
    ...taxColumns(),
    /** Folded code and name (a letter may fold into several). */
    search: exactText('search', 2000).notNull(),
    archivedAt: momentColumn('archived_at'),
    deletedAt: momentColumn('deleted_at'),
    createdAt: momentColumn('created_at').notNull(),
    updatedAt: momentColumn('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    uniqueIndex('products_id').on(table.id),
    uniqueIndex('products_uid').on(table.tenant, table.uid),
    uniqueIndex('products_code_key').on(table.tenant, table.codeKey),
  ],
);

/** Clients as the clients service tells; deleted ones stay, so that no old event revives them. */
export const clients = mysqlTable(
  'clients',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    id: int('id').notNull(),
    uid: uuidColumn('uid').$type<ClientUid>().notNull(),
    revision: int('revision').notNull(),
    deleted: boolean('deleted').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.id] }),
    index('clients_uid').on(table.tenant, table.uid),
  ],
);

/** Orders of devices whose client no event has told of yet: REST shows them once it is known. */
export const waitingOrders = mysqlTable(
  'waiting_orders',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    uid: uuidColumn('uid').$type<OrderUid>().notNull(),
    clientUid: uuidColumn('client_uid').$type<ClientUid>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.uid] }),
    index('waiting_orders_client').on(table.tenant, table.clientUid),
  ],
);

/** Settings that orders start from, as the auth service tells. */
export const businesses = mysqlTable(
  'businesses',
  {
    tenant: uuidColumn('tenant').notNull(),
    revision: int('revision').notNull(),
    currency: char('currency', { length: 3 }).$type<CurrencyCode>().notNull(),
    timeZone: varchar('time_zone', { length: 64 }).notNull(),
    pricesIncludeTax: boolean('prices_include_tax').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant] })],
);

/** Thousandths that a document takes of a line of an order; a credit note's are negative. */
export interface Taking {
  /** Null where the document was made on a device, which knows the line by its uid alone. */
  readonly order_item_id: number | null;
  readonly line_uid: LineUid | null;
  readonly quantity: number;
}

/** Invoices and credit notes of orders, as the invoices service tells. */
export const orderDocuments = mysqlTable(
  'order_documents',
  {
    tenant: uuidColumn('tenant').notNull(),
    invoiceId: int('invoice_id').notNull(),
    revision: int('revision').notNull(),
    orderId: int('order_id'),
    /** Of what a device made: the order may be told of later than its document. */
    orderUid: uuidColumn('order_uid').$type<OrderUid>(),
    takings: jsonColumn<readonly Taking[]>('takings').notNull(),
    deleted: boolean('deleted').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.invoiceId] }),
    index('order_documents_order').on(table.tenant, table.orderId),
    index('order_documents_order_uid').on(table.tenant, table.orderUid),
  ],
);
