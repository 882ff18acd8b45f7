import { eq, isNotNull } from 'drizzle-orm';

import type { Business } from '../../../../shared/domain/business';
import type { LineUid, PaymentUid, SeriesUid } from '../../../../shared/domain/ids';
import { newUid } from '../../../../shared/domain/ids';
import type { DocumentContent, Invoice } from '../../../../shared/domain/invoice';
import type { Payment } from '../../../../shared/domain/payment';
import { issue } from '../../../../shared/domain/result';
import { snapshotOf } from '../../../../shared/domain/tax';
import { computeTotals } from '../../../../shared/domain/totals';
import { invoiceRecordOf } from '../../../../shared/sync/wire-records';
import { readBusiness } from '../../../businesses/business-repository';
import type { WriteScope } from '../../../replica/replica';
import { invoices, series } from '../../../replica/schema';
import { newDraft } from '../../invoices/invoice-facts';
import type { NewInvoice } from '../../invoices/invoice-repository';
import { insertInvoices } from '../../invoices/invoice-repository';
import { insertPayments } from '../../payments/payment-repository';
import type { InvoicePlan } from '../planning/invoice-plan';
import { ClientStore } from './client-store';
import type { Outcome } from './imported-records';
import { compareWithImported, contentHash, rememberImported } from './imported-records';
import { ProductStore } from './product-store';
import { TaxStore } from './tax-store';

/** Documents that share one change of the sums. */
const BATCH = 1_000;

/**
 * Brings documents of another program in: finalised ones keep their number, in the series of
 * imported history, without a sequence (the sequence report leaves them out) and without a frozen
 * document; drafts become drafts and get a number of this business when they are finalised.
 */
export class InvoiceStore {
  readonly #clients: ClientStore;
  readonly #taxes: TaxStore;
  readonly #products: ProductStore;
  readonly #business: Business;
  readonly #seriesUid: SeriesUid;
  /** Every number that a document prints: one look instead of one for each document. */
  readonly #numbers: Set<string>;
  readonly #records: NewInvoice[] = [];
  readonly #payments: { payment: Payment; currency: DocumentContent['currency'] }[] = [];

  constructor(readonly scope: WriteScope) {
    this.#clients = new ClientStore(scope);
    this.#taxes = new TaxStore(scope);
    this.#products = new ProductStore(scope, this.#taxes);
    this.#business = readBusiness(scope);
    this.#seriesUid = importedSeries(scope);
    this.#numbers = usedNumbers(scope);
  }

  /** Checks a document and keeps it for `flush`. */
  store(plan: InvoicePlan): Outcome {
    const { scope } = this;
    const content = contentOf(plan);
    const key = plan.key === '' ? `draft ${content}` : plan.key;
    const imported = compareWithImported(scope, 'invoices', key, content);
    if (imported !== null) return imported;
    if (!plan.isDraft && this.#numbers.has(plan.number)) {
      return issue('number', 'number_taken', { number: plan.number });
    }
    const client = this.#clients.resolve(plan.client);
    if ('code' in client) return client;
    const invoice = this.#invoiceOf(plan, client);
    this.#records.push({ invoice, clientName: client.name });
    this.#keepPayment(plan, invoice);
    rememberImported(scope, 'invoices', { key, content, recordUid: invoice.uid });
    if (!plan.isDraft) this.#numbers.add(plan.number);
    if (this.#records.length >= BATCH) this.flush();
    return 'created';
  }

  /** Writes what was kept; the last call of the transaction. */
  flush(): void {
    const { scope } = this;
    insertInvoices(scope, this.#records);
    insertPayments(scope, this.#payments);
    for (const { invoice, clientName } of this.#records) {
      scope.record({
        collection: 'invoices',
        uid: invoice.uid,
        action: 'imported',
        mutation: { kind: 'create', record: invoiceRecordOf(invoice, clientName) },
      });
    }
    for (const { payment } of this.#payments) {
      scope.record({
        collection: 'payments',
        uid: payment.uid,
        action: 'imported',
        mutation: { kind: 'create', record: payment },
      });
    }
    this.#records.length = 0;
    this.#payments.length = 0;
  }

  #invoiceOf(plan: InvoicePlan, client: Extract<Resolved, { uid: string }>): Invoice {
    const { amounts, details } = plan;
    const content: DocumentContent = {
      ...details,
      clientUid: client.uid as DocumentContent['clientUid'],
      supply: null,
      paymentReference: '',
      language: client.language ?? this.#business.language,
      formats: client.formats ?? this.#business.formats,
      pricesIncludeTax: amounts.pricesIncludeTax,
      discount: amounts.discount,
      bankAccountUid: null,
      lines: amounts.lines.map(({ productCode, productName, tax, ...line }) => ({
        ...line,
        uid: newUid<LineUid>(),
        productUid: this.#products.find(
          { productCode, productName, tax, ...line },
          details.currency,
        ),
        tax: snapshotOf(this.#taxes.resolve(tax)),
        sourceLineUid: null,
      })),
    };
    const totals = computeTotals(content);
    if (totals.total !== amounts.totals.total) {
      throw new Error(`imported ${plan.number} would change its total`);
    }
    const draft = newDraft(content, this.scope.now, { kind: plan.kind });
    if (plan.isDraft) return draft;
    return {
      ...draft,
      number: plan.number,
      seriesUid: this.#seriesUid,
      // When it was issued there; the time of the day is not known.
      finalisedAt: `${details.issueDate}T00:00:00.000Z`,
      isImported: true,
      paid: plan.paid,
    };
  }

  #keepPayment(plan: InvoicePlan, invoice: Invoice): void {
    if (plan.paid === 0) return;
    const payment: Payment = {
      uid: newUid<PaymentUid>(),
      invoiceUid: invoice.uid,
      date: plan.paidDate,
      amount: plan.paid,
      method: 'other',
      reference: '',
      reverses: null,
      createdAt: this.scope.now,
    };
    this.#payments.push({ payment, currency: invoice.content.currency });
  }
}

type Resolved = ReturnType<ClientStore['resolve']>;

/** What a file says of a document, without what follows from the day or the settings. */
function contentOf(plan: InvoicePlan): string {
  const { kind, isDraft, number, client, amounts, details, paid } = plan;
  const { name, email } = client;
  return contentHash(kind, isDraft, number, name, email, amounts, details, paid);
}

function usedNumbers(scope: WriteScope): Set<string> {
  const rows = scope.db
    .select({ number: invoices.number })
    .from(invoices)
    .where(isNotNull(invoices.number))
    .all();
  return new Set(rows.flatMap(({ number }) => (number === null ? [] : [number])));
}

function importedSeries(scope: WriteScope): SeriesUid {
  const row = scope.db
    .select({ uid: series.uid })
    .from(series)
    .where(eq(series.kind, 'imported'))
    .get();
  if (!row) throw new Error('a business without its series of imported history');
  return row.uid as SeriesUid;
}
