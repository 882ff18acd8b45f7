import type {
  ClientRecord,
  InvoiceRecord,
  OrderRecord,
  ProductRecord,
} from '../../../src/shared/contracts/sync/records';
import {
  clientRecord,
  invoiceRecord,
  orderRecord,
  productRecord,
} from '../../../src/shared/contracts/sync/records';
import { newUid } from '../../../src/shared/domain/ids';
import type { LineItem } from '../../../src/shared/domain/line-item';
import type { TaxSnapshot } from '../../../src/shared/domain/tax';

const CREATED_AT = '2026-03-01T09:00:00.000Z';

export const VAT: TaxSnapshot = {
  uid: newUid(),
  name: 'VAT 19 %',
  category: 'standard',
  rate: 19_000,
  reasons: {},
};

/** Records as devices tell them, whole and valid. */

export function aClientRecord(more: Partial<ClientRecord> = {}): ClientRecord {
  return clientRecord.parse({
    uid: newUid(),
    name: 'Acme Ltd',
    contactName: '',
    email: '',
    phone: '1',
    address: {
      line1: 'Lange Straße 1',
      line2: '',
      postalCode: '10115',
      city: 'Berlin',
      region: '',
      country: 'DE',
    },
    vatNumber: '',
    companyNumber: '',
    currency: 'EUR',
    language: null,
    formats: null,
    terms: { kind: 'net_days', days: 14 },
    taxCodeUid: null,
    remindersPaused: false,
    notes: 'Asks for copies',
    archivedAt: null,
    createdAt: CREATED_AT,
    ...more,
  });
}

export function aProductRecord(more: Partial<ProductRecord> = {}): ProductRecord {
  return productRecord.parse({
    uid: newUid(),
    code: '',
    name: 'Consulting',
    unit: 'h',
    unitPrice: 1_000_000,
    currency: 'EUR',
    taxCodeUid: null,
    archivedAt: null,
    createdAt: CREATED_AT,
    ...more,
  });
}

export function aLine(more: Partial<LineItem> = {}): LineItem {
  return {
    uid: newUid(),
    productUid: null,
    description: 'Consulting',
    unit: 'h',
    quantity: 2_000,
    unitPrice: 1_000_000,
    discount: null,
    tax: VAT,
    sourceLineUid: null,
    ...more,
  };
}

export function anOrderRecord(more: Partial<OrderRecord> = {}): OrderRecord {
  return orderRecord.parse({
    uid: newUid(),
    number: 'ORD-2026-0001',
    status: 'pending',
    clientUid: null,
    currency: 'EUR',
    orderDate: '2026-03-01',
    buyerReference: '',
    notes: '',
    pricesIncludeTax: false,
    discount: null,
    lines: [aLine()],
    createdAt: CREATED_AT,
    ...more,
  });
}

export function anInvoiceRecord(more: Partial<InvoiceRecord> = {}): InvoiceRecord {
  return invoiceRecord.parse({
    uid: newUid(),
    kind: 'invoice',
    orderUid: null,
    correctsUid: null,
    number: null,
    seriesUid: null,
    period: null,
    sequence: null,
    finalisedAt: null,
    pdfSha256: null,
    isImported: false,
    remindersPaused: false,
    clientName: '',
    duplicateOf: null,
    clientUid: null,
    currency: 'EUR',
    exchangeRate: null,
    issueDate: '2026-03-01',
    terms: { kind: 'net_days', days: 30 },
    dueDate: '2026-03-31',
    supply: null,
    buyerReference: '',
    notes: '',
    paymentReference: '',
    language: 'en',
    formats: 'de-DE',
    pricesIncludeTax: false,
    discount: null,
    bankAccountUid: null,
    lines: [aLine()],
    createdAt: CREATED_AT,
    ...more,
  });
}
