import type {
  ClientRecord,
  InvoiceRecord,
  OrderRecord,
  ProductRecord,
  SettingsRecord,
} from '../contracts/sync/records';
import { clientRecord, invoiceRecord, orderRecord, productRecord } from '../contracts/sync/records';
import type { Business } from '../domain/business';
import type { Client } from '../domain/client';
import type { InvoiceUid } from '../domain/ids';
import type { Invoice } from '../domain/invoice';
import type { NumberSeries } from '../domain/number-series';
import type { Order } from '../domain/order';
import type { Product } from '../domain/product';
import type { TaxCode } from '../domain/tax';
import { pick } from './pick';

/** Records of the domain as they travel: flat, and without what each side derives for itself. */

export function clientRecordOf(client: Client): ClientRecord {
  return pick(clientRecord, client);
}

export function productRecordOf(product: Product): ProductRecord {
  return pick(productRecord, product);
}

export function orderRecordOf({ uid, number, status, content, createdAt }: Order): OrderRecord {
  return pick(orderRecord, { ...content, uid, number, status, createdAt });
}

/** `clientName` is what the paper says, and does not travel with a draft. */
export function invoiceRecordOf(
  invoice: Invoice,
  clientName: string,
  duplicateOf: InvoiceUid | null = null,
): InvoiceRecord {
  const { uid, kind, content, orderUid, correctsUid, number, seriesUid, period } = invoice;
  const { sequence, finalisedAt, pdfSha256, isImported, remindersPaused, createdAt } = invoice;
  return pick(invoiceRecord, {
    ...content,
    uid,
    kind,
    orderUid,
    correctsUid,
    number,
    seriesUid,
    period,
    sequence,
    finalisedAt,
    pdfSha256,
    isImported,
    remindersPaused,
    clientName: finalisedAt === null ? '' : clientName,
    duplicateOf,
    createdAt,
  });
}

export function businessRecordOf({ isDemo: _, ...business }: Business): SettingsRecord {
  return { type: 'business', ...business };
}

export function taxCodeRecordOf(taxCode: TaxCode): SettingsRecord {
  return { type: 'tax_code', ...taxCode };
}

export function seriesRecordOf(series: NumberSeries): SettingsRecord & { readonly type: 'series' } {
  return { type: 'series', ...series };
}
