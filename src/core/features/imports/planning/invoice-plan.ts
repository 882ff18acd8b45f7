import type { CalendarDate } from '../../../../shared/domain/calendar-date';
import { EXCHANGE_RATE_SCALE } from '../../../../shared/domain/invoice';
import type { DocumentContent, InvoiceKind } from '../../../../shared/domain/invoice';
import type { MinorUnits } from '../../../../shared/domain/money';
import { minor, ZERO } from '../../../../shared/domain/money';
import type { PaymentTerms } from '../../../../shared/domain/payment-terms';
import { dueDateFor } from '../../../../shared/domain/payment-terms';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import type { ClientWish } from './invoice-checks';
import { checkStated, clientOf } from './invoice-checks';
import type { PlannedAmounts } from './invoice-amounts';
import { planAmounts } from './invoice-amounts';
import type { StatedDocument, StatedInvoice, StatedLine } from './invoice-rows';
import { invoiceKey, joinRows, type StatedRow } from './invoice-rows';
import type { RowReading } from './row-reader';
import { shorten } from './row-reader';
import { parseTerms } from './values';

/** An invoice or credit note as it will be stored. */
export interface InvoicePlan {
  /** Lines of the file. */
  readonly rows: readonly number[];
  readonly key: string;
  readonly kind: InvoiceKind;
  readonly isDraft: boolean;
  readonly number: string;
  readonly client: ClientWish;
  readonly amounts: PlannedAmounts;
  readonly details: Pick<
    DocumentContent,
    'currency' | 'exchangeRate' | 'issueDate' | 'terms' | 'dueDate' | 'buyerReference' | 'notes'
  >;
  readonly paid: MinorUnits;
  readonly paidDate: CalendarDate;
}

export interface PlannedInvoice {
  readonly plan: InvoicePlan | null;
  readonly issues: readonly Issue[];
  /** Why the document stays in the old program, though nothing is wrong with it. */
  readonly leftOut: Issue | null;
}

/** Plans one document from its rows. */
export function planInvoice(rows: readonly StatedRow[], reading: RowReading): PlannedInvoice {
  const { invoice, issues } = joinRows(rows, hasLineAmounts(reading));
  const { document } = invoice;
  const number = document.number;
  if (document.type === 'other') return leave(issue('type', 'not_an_invoice', { number }));
  if (document.status === 'void') return leave(issue('status', 'invoice_void', { number }));
  const problems = [...issues, ...checkStated(invoice)];
  if (problems.length > 0) return refuse(problems);
  const facing = isCreditNote(document) ? turnAround(invoice) : invoice;
  const amounts = planAmounts({
    document: facing.document,
    items: facing.items,
    knownRates: reading.knownRates,
    language: reading.business.language,
  });
  if ('code' in amounts) return refuse([amounts]);
  return assemble(facing.document, amounts, rows, reading);
}

function refuse(issues: readonly Issue[]): PlannedInvoice {
  return { plan: null, issues, leftOut: null };
}

function leave(leftOut: Issue): PlannedInvoice {
  return { plan: null, issues: [], leftOut };
}

function hasLineAmounts({ mapping }: RowReading): boolean {
  return ['lineAmount', 'lineTotal', 'unitPrice'].some((field) => mapping[field] !== undefined);
}

function isCreditNote(document: StatedDocument): boolean {
  return document.type === 'credit_note' || (document.total ?? 0) < 0;
}

/** Credit notes are stored unsigned: a file may write them with a minus or without. */
function turnAround(invoice: StatedInvoice): StatedInvoice {
  const { document, items } = invoice;
  const sum = items.reduce((total, item) => total + (item.amount ?? item.gross ?? 0), 0);
  const isNegative = (document.total ?? document.subtotal ?? sum) < 0;
  if (!isNegative) return invoice;
  const negated = {
    ...document,
    subtotal: negate(document.subtotal),
    taxTotal: negate(document.taxTotal),
    total: negate(document.total),
    shipping: negate(document.shipping),
    adjustment: negate(document.adjustment),
  };
  return { ...invoice, document: negated, items: items.map(turnLine) };
}

function turnLine(item: StatedLine): StatedLine {
  const amount = item.amount ?? item.gross;
  const priced = (item.quantity ?? 1_000) * (item.unitPrice ?? 0);
  // Some write a negative quantity or price, some only a negative amount.
  const isPriceNegative = amount === null || amount === 0 ? true : priced < 0 === amount < 0;
  return {
    ...item,
    quantity: isPriceNegative ? negate(item.quantity ?? 1_000) : item.quantity,
    amount: negate(item.amount),
    gross: negate(item.gross),
    taxAmount: negate(item.taxAmount),
  };
}

function negate(value: number | null): number | null {
  return value === null || value === 0 ? value : -value;
}

function assemble(
  document: StatedDocument,
  amounts: PlannedAmounts,
  rows: readonly StatedRow[],
  reading: RowReading,
): PlannedInvoice {
  const { issueDate } = document;
  if (issueDate === null) throw new Error('an invoice without a date was planned');
  const kind = isCreditNote(document) ? 'credit_note' : 'invoice';
  const terms = parseTerms(document.terms);
  const due = dueOf(document.dueDate, issueDate, terms ?? reading.business.terms, terms !== null);
  const { total } = amounts.totals;
  if (total < 0) return refuse([issue('total', 'total_negative', { number: document.number })]);
  const isDraft = document.status === 'draft';
  const paid = kind === 'credit_note' || isDraft ? ZERO : paidOf(document, total);
  if (paid < 0 || paid > total) {
    const { currency } = document;
    return refuse([issue('amountPaid', 'paid_exceeds_total', { paid, total, currency })]);
  }
  const plan: InvoicePlan = {
    rows: rows.map((row) => row.line),
    key: invoiceKey(document.number),
    kind,
    isDraft,
    number: document.number,
    client: clientOf(document),
    amounts,
    details: {
      currency: document.currency,
      exchangeRate: exchangeRateOf(document, issueDate, reading),
      issueDate,
      ...due,
      buyerReference: document.buyerReference,
      notes: document.notes,
    },
    paid,
    paidDate: document.paidDate ?? paidDateOf(issueDate, due.dueDate, reading.today),
  };
  const issues = tooLong(plan);
  return issues.length > 0 ? refuse(issues) : { plan, issues: [], leftOut: null };
}

/** Terms are kept only where they give the stated due date. */
function dueOf(
  stated: CalendarDate | null,
  issueDate: CalendarDate,
  terms: PaymentTerms,
  areTermsStated: boolean,
): Pick<InvoicePlan['details'], 'terms' | 'dueDate'> {
  const derived = dueDateFor(issueDate, terms);
  if (stated === null) return { terms, dueDate: derived };
  return { terms: areTermsStated && derived === stated ? terms : null, dueDate: stated };
}

/**
 * What was paid: the balance tells it best, then the paid amount. An invoice that the old program
 * calls paid was paid in full, however it was settled there.
 */
function paidOf(document: StatedDocument, total: MinorUnits): MinorUnits {
  const { balance, amountPaid, status, type } = document;
  if (balance !== null) return minor(total - balance);
  if (status === 'paid' || type === 'paid_invoice') return total;
  return minor(amountPaid ?? 0);
}

/** Files without a payment date: the due date once it is past, else the issue date. */
function paidDateOf(
  issueDate: CalendarDate,
  dueDate: CalendarDate,
  today: CalendarDate,
): CalendarDate {
  return dueDate >= issueDate && dueDate <= today ? dueDate : issueDate;
}

function exchangeRateOf(
  document: StatedDocument,
  date: CalendarDate,
  { business }: RowReading,
): DocumentContent['exchangeRate'] {
  const { exchangeRate, currency } = document;
  if (currency === business.currency || exchangeRate === null || exchangeRate < 1) return null;
  if (exchangeRate === EXCHANGE_RATE_SCALE) return null;
  return { to: business.currency, rate: exchangeRate, date };
}

const LIMITS = { buyerReference: 100, notes: 2_000 } as const;

function tooLong(plan: InvoicePlan): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [field, limit] of Object.entries(LIMITS)) {
    const text = plan.details[field as keyof typeof LIMITS];
    if (text.length > limit) issues.push(issue(field, 'too_long', { limit }));
  }
  for (const line of plan.amounts.lines) {
    if (line.description.length > 2_000) {
      issues.push(issue('description', 'too_long', { limit: 2_000 }));
    }
    if (line.unit.length > 20) {
      issues.push(issue('unit', 'too_long', { limit: 20, value: shorten(line.unit) }));
    }
  }
  if (plan.amounts.lines.length > 1_000) issues.push(issue('', 'too_many_lines', { limit: 1_000 }));
  return issues;
}
