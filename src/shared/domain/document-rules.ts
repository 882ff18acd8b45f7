import type { Business } from './business';
import type { CalendarDate } from './calendar-date';
import { daysBetween } from './calendar-date';
import type { DocumentContent, Invoice, InvoiceKind } from './invoice';
import type { LineItem } from './line-item';
import { MAX_AMOUNT } from './money';
import type { Issue } from './result';
import { issue } from './result';
import { RATED_CATEGORIES } from './tax';
import type { TaxCategory } from './tax';
import type { Priced, Totals } from './totals';
import { computeTotals, lineAmountsOf, oversizedAmounts } from './totals';

/** What the rules of a draft look at; an order's content has it as well. */
export type DraftContent = Pick<Priced, 'currency'> & { readonly lines: readonly LineItem[] };

/**
 * What even a draft refuses: amounts that cannot be computed exactly (`amount_too_large`), two
 * lines with one uid (`lines.N.uid` `line_repeated`), a rate in a category without one
 * (`lines.N.tax` `tax_rate_not_allowed`). Everything else may be half done: a draft saves itself
 * while it is typed. Ask this before `computeTotals`.
 */
export function checkDraft(content: DraftContent): readonly Issue[] {
  const seen = new Set<string>();
  const perLine = content.lines.flatMap((line, index) => {
    const issues: Issue[] = [];
    if (seen.has(line.uid)) issues.push(issue(`lines.${index}.uid`, 'line_repeated'));
    seen.add(line.uid);
    if (line.tax.rate > 0 && !RATED_CATEGORIES.includes(line.tax.category)) {
      issues.push(issue(`lines.${index}.tax`, 'tax_rate_not_allowed'));
    }
    return issues;
  });
  return [...oversizedAmounts(content), ...perLine];
}

/** A document as far as duplicates go. */
export interface DuplicateCandidate {
  readonly uid: Invoice['uid'];
  readonly kind: InvoiceKind;
  readonly number: string | null;
  readonly clientUid: DocumentContent['clientUid'];
  readonly currency: DocumentContent['currency'];
  readonly total: Totals['total'];
  readonly issueDate: CalendarDate;
  readonly buyerReference: string;
}

export type DuplicateReason = 'duplicate_amount' | 'duplicate_buyer_reference';

const DUPLICATE_DAYS = 30;

/**
 * Whether two documents look like one and the same (DOMAIN 17): same client and purchase order,
 * or same client and total within 30 days. Null when they do not. Credit notes never do: several
 * may correct one invoice.
 */
export function isDuplicateOf(
  a: DuplicateCandidate,
  b: DuplicateCandidate,
): DuplicateReason | null {
  if (a.uid === b.uid || a.kind !== 'invoice' || b.kind !== 'invoice') return null;
  if (a.clientUid === null || a.clientUid !== b.clientUid) return null;
  const reference = normalReference(a.buyerReference);
  if (reference !== '' && reference === normalReference(b.buyerReference)) {
    return 'duplicate_buyer_reference';
  }
  const isSameAmount = a.total === b.total && a.currency === b.currency && a.total !== 0;
  return isSameAmount && Math.abs(daysBetween(a.issueDate, b.issueDate)) <= DUPLICATE_DAYS
    ? 'duplicate_amount'
    : null;
}

function normalReference(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().toUpperCase();
}

export interface FinaliseInput {
  readonly uid: Invoice['uid'];
  readonly kind: InvoiceKind;
  readonly content: DocumentContent;
  readonly business: Pick<Business, 'currency' | 'bankAccounts'>;
  /** The day in the business's time zone. */
  readonly today: CalendarDate;
  /** The document that took the previous number of the series, null for the first. */
  readonly previous: { readonly number: string; readonly issueDate: CalendarDate } | null;
  /** Finalised invoices that may be the same, such as the client's others. */
  readonly others: readonly DuplicateCandidate[];
}

export interface FinaliseFindings {
  /** What has to be mended first. */
  readonly blockers: readonly Issue[];
  /** What is worth a second look. */
  readonly warnings: readonly Issue[];
}

/**
 * Everything that stands in the way of finalising, and everything worth a second look. Characters
 * that no font has come from the renderer; what a credit note may credit from `checkCreditNote`.
 *
 * Blockers: those of `checkDraft`; `clientUid` `required`; `lines` `required`;
 * `lines.N.description` `required`; `lines.N.discount` `discount_exceeds_line`; `discount`
 * `discount_exceeds_subtotal`; `total_negative`; `amount_too_large`; `dueDate`
 * `due_before_issue`; `supply` `period_reversed`; `exchangeRate` `required`,
 * `exchange_rate_currency`; `bankAccountUid` `bank_account_unknown`, `bank_account_currency`.
 * Warnings: `issueDate` `date_before_previous` (params `number`, `date`) and `date_in_future`;
 * `lines.N.tax` `tax_reason_missing`; `lines.N.quantity` `quantity_zero`; `total_zero`;
 * `duplicate_amount`, `duplicate_buyer_reference` (params `number`, `date`).
 */
export function checkFinalise(input: FinaliseInput): FinaliseFindings {
  const fatal = checkDraft(input.content);
  if (fatal.length > 0) return { blockers: fatal, warnings: [] };
  const totals = computeTotals(input.content);
  return {
    blockers: [
      ...missingParts(input.content),
      ...discountIssues(input.content, totals),
      ...totalIssues(totals),
      ...dateIssues(input.content, input.kind),
      ...currencyIssues(input.content, input.business),
    ],
    warnings: [
      ...dateWarnings(input),
      ...lineWarnings(input.content.lines),
      ...(totals.total === 0 && input.content.lines.length > 0 ? [issue('', 'total_zero')] : []),
      ...duplicateWarnings(input, totals),
    ],
  };
}

function missingParts(content: DocumentContent): readonly Issue[] {
  const issues: Issue[] = [];
  if (content.clientUid === null) issues.push(issue('clientUid', 'required'));
  if (content.lines.length === 0) issues.push(issue('lines', 'required'));
  content.lines.forEach((line, index) => {
    if (line.description.trim() === '') {
      issues.push(issue(`lines.${index}.description`, 'required'));
    }
  });
  return issues;
}

function discountIssues(content: DocumentContent, totals: Totals): readonly Issue[] {
  const issues = content.lines.flatMap((line, index) => {
    const { extended } = lineAmountsOf(line, content.currency);
    return line.discount?.kind === 'amount' && line.discount.amount > Math.abs(extended)
      ? [issue(`lines.${index}.discount`, 'discount_exceeds_line')]
      : [];
  });
  return content.discount?.kind === 'amount' && content.discount.amount > Math.abs(totals.subtotal)
    ? [...issues, issue('discount', 'discount_exceeds_subtotal')]
    : issues;
}

function totalIssues(totals: Totals): readonly Issue[] {
  if (totals.total < 0) return [issue('', 'total_negative')];
  return totals.total > MAX_AMOUNT ? [issue('', 'amount_too_large')] : [];
}

function dateIssues(content: DocumentContent, kind: InvoiceKind): readonly Issue[] {
  const issues: Issue[] = [];
  if (kind === 'invoice' && content.dueDate < content.issueDate) {
    issues.push(issue('dueDate', 'due_before_issue'));
  }
  if (content.supply !== null && content.supply.to < content.supply.from) {
    issues.push(issue('supply', 'period_reversed'));
  }
  return issues;
}

function currencyIssues(
  content: DocumentContent,
  business: FinaliseInput['business'],
): readonly Issue[] {
  const issues: Issue[] = [];
  if (content.currency !== business.currency) {
    if (content.exchangeRate === null) issues.push(issue('exchangeRate', 'required'));
    else if (content.exchangeRate.to !== business.currency) {
      issues.push(issue('exchangeRate', 'exchange_rate_currency', { currency: business.currency }));
    }
  }
  if (content.bankAccountUid !== null) {
    const account = business.bankAccounts.find(({ uid }) => uid === content.bankAccountUid);
    if (!account) issues.push(issue('bankAccountUid', 'bank_account_unknown'));
    else if (account.currency !== content.currency) {
      const { currency } = account;
      issues.push(issue('bankAccountUid', 'bank_account_currency', { currency }));
    }
  }
  return issues;
}

function dateWarnings({ content, today, previous }: FinaliseInput): readonly Issue[] {
  const warnings: Issue[] = [];
  if (previous !== null && content.issueDate < previous.issueDate) {
    const { number, issueDate: date } = previous;
    warnings.push(issue('issueDate', 'date_before_previous', { number, date }));
  }
  if (content.issueDate > today) warnings.push(issue('issueDate', 'date_in_future'));
  return warnings;
}

/** Without tax, these need the reason in print. */
const REASONED_CATEGORIES: readonly TaxCategory[] = [
  'exempt',
  'reverse_charge',
  'intra_community',
  'export',
];

function lineWarnings(lines: readonly LineItem[]): readonly Issue[] {
  return lines.flatMap((line, index) => {
    const warnings: Issue[] = [];
    const hasReason = Object.values(line.tax.reasons).some((reason) => reason.trim() !== '');
    if (REASONED_CATEGORIES.includes(line.tax.category) && !hasReason) {
      warnings.push(issue(`lines.${index}.tax`, 'tax_reason_missing'));
    }
    if (line.quantity === 0) warnings.push(issue(`lines.${index}.quantity`, 'quantity_zero'));
    return warnings;
  });
}

function duplicateWarnings(input: FinaliseInput, totals: Totals): readonly Issue[] {
  const { uid, kind, content } = input;
  const { clientUid, currency, issueDate, buyerReference } = content;
  const own: DuplicateCandidate = {
    uid,
    kind,
    number: null,
    clientUid,
    currency,
    total: totals.total,
    issueDate,
    buyerReference,
  };
  return input.others.flatMap((other) => {
    const reason = isDuplicateOf(own, other);
    if (reason === null) return [];
    const field = reason === 'duplicate_amount' ? '' : 'buyerReference';
    return [issue(field, reason, { number: other.number ?? '', date: other.issueDate })];
  });
}
