import type { InferSelectModel } from 'drizzle-orm';

import type { Invoice } from '../../../shared/domain/invoice';
import { invoice as invoiceSchema } from '../../../shared/domain/invoice';
import { balanceOf, settlementOf, signedTotal } from '../../../shared/domain/invoice-status';
import type { Settlement } from '../../../shared/domain/invoice-status';
import type { LineItem } from '../../../shared/domain/line-item';
import type { MinorUnits } from '../../../shared/domain/money';
import { ZERO } from '../../../shared/domain/money';
import { fold } from '../../../shared/domain/fold';
import type { Totals } from '../../../shared/domain/totals';
import type { invoices } from '../../replica/schema';
import type { NewRow } from '../documents/prepared-rows';
import { numberSortOf } from '../documents/number-sort';
import type { SummedDocument } from '../documents/sums';

type Row = InferSelectModel<typeof invoices>;

/** What is owed on a document now: nothing on drafts and credit notes. */
export function openBalance(invoice: Invoice): MinorUnits {
  if (invoice.finalisedAt === null || invoice.kind === 'credit_note') return ZERO;
  return balanceOf(invoice.totals.total, invoice.paid, invoice.credited);
}

export function settlementOfInvoice(invoice: Invoice): Settlement {
  const { kind, finalisedAt, totals, paid, credited } = invoice;
  return settlementOf({ kind, finalisedAt, total: totals.total, paid, credited });
}

/** The stored row of an invoice; what lists need is derived here and nowhere else. */
export function toRow(invoice: Invoice, clientName: string): NewRow<typeof invoices> {
  const { content, totals } = invoice;
  return {
    uid: invoice.uid,
    kind: invoice.kind,
    clientUid: content.clientUid,
    clientName,
    clientSort: fold(clientName),
    currency: content.currency,
    exchangeRate: content.exchangeRate,
    issueDate: content.issueDate,
    terms: content.terms,
    dueDate: content.dueDate,
    supplyFrom: content.supply?.from ?? null,
    supplyTo: content.supply?.to ?? null,
    buyerReference: content.buyerReference,
    notes: content.notes,
    paymentReference: content.paymentReference,
    language: content.language,
    formats: content.formats,
    pricesIncludeTax: content.pricesIncludeTax,
    discount: content.discount,
    bankAccountUid: content.bankAccountUid,
    orderUid: invoice.orderUid,
    correctsUid: invoice.correctsUid,
    number: invoice.number,
    seriesUid: invoice.seriesUid,
    period: invoice.period,
    sequence: invoice.sequence,
    numberSort: numberSortOf(invoice.number),
    finalisedAt: invoice.finalisedAt,
    pdfSha256: invoice.pdfSha256,
    isImported: invoice.isImported,
    remindersPaused: invoice.remindersPaused,
    subtotal: totals.subtotal,
    discountAmount: totals.discount,
    net: totals.net,
    tax: totals.tax,
    total: totals.total,
    signedTotal: signedTotal(invoice.kind, totals.total),
    paid: invoice.paid,
    credited: invoice.credited,
    balance: openBalance(invoice),
    settlement: settlementOfInvoice(invoice),
    deletedAt: invoice.deletedAt,
    createdAt: invoice.createdAt,
    updatedAt: invoice.updatedAt,
  };
}

/** What the sums count of it. */
export function toSummed(invoice: Invoice): SummedDocument {
  return {
    kind: invoice.kind,
    settlement: settlementOfInvoice(invoice),
    isDeleted: invoice.deletedAt !== null,
    clientUid: invoice.content.clientUid,
    currency: invoice.content.currency,
    issueDate: invoice.content.issueDate,
    dueDate: invoice.content.dueDate,
    net: invoice.totals.net,
    total: invoice.totals.total,
    balance: openBalance(invoice),
  };
}

export function toInvoice(row: Row, lines: readonly LineItem[], totals: Totals): Invoice {
  return invoiceSchema.parse({
    ...row,
    content: {
      ...row,
      supply:
        row.supplyFrom === null || row.supplyTo === null
          ? null
          : { from: row.supplyFrom, to: row.supplyTo },
      lines,
    },
    totals,
  });
}
