import type { CalendarDate } from './calendar-date';
import type { CreditableLine, CreditedInvoice, CreditSelection, EarlierCredit } from './credit';
import { naturalCredit } from './credit-amounts';
import { differenceLines } from './credit-differences';
import type { LineUid } from './ids';
import type { DocumentContent } from './invoice';
import type { LineItem } from './line-item';
import { add, subtract } from './money';
import type { Issue, Result } from './result';
import { issue, ok, refused, refusedFor } from './result';
import type { Totals } from './totals';
import { computeTotals } from './totals';

/** What remains creditable of each line of an invoice. */
export function creditableLines(
  invoice: Pick<CreditedInvoice, 'content'>,
  earlierCredits: readonly EarlierCredit[],
): readonly CreditableLine[] {
  const credited = creditedQuantities(earlierCredits);
  return invoice.content.lines.map(({ uid, quantity }) => {
    const sign = Math.sign(quantity);
    const left = Math.max(0, sign * (quantity - (credited.get(uid) ?? 0)));
    return { lineUid: uid, quantity: left === 0 ? 0 : sign * left };
  });
}

function creditedQuantities(credits: readonly EarlierCredit[]): ReadonlyMap<LineUid, number> {
  const sums = new Map<LineUid, number>();
  for (const line of credits.flatMap((credit) => credit.content.lines)) {
    if (line.sourceLineUid === null) continue;
    sums.set(line.sourceLineUid, (sums.get(line.sourceLineUid) ?? 0) + line.quantity);
  }
  return sums;
}

/**
 * The content of a credit note over an invoice or a part of it (DOMAIN 1). Quantities have the
 * sign of the invoice's lines; the kind of the document turns the amounts around.
 *
 * A full credit of an untouched invoice copies it, so the pair nets to zero amount by amount. A
 * partial credit credits each line what its quantity is worth after all discounts: the difference
 * between the rounded worth of the credited quantity after and before it, so that the parts of a
 * line sum to the line. What separate rounding of each note's tax leaves over is settled by the
 * note that credits the last quantity (or earlier, before it grows beyond one minor unit), on
 * lines of its own; see `differenceLines`. So all credit notes together have exactly the
 * invoice's net, tax and total.
 *
 * Codes: `not_finalised`, `credit_note_not_creditable`, `nothing_to_credit`, `lines.N.lineUid`
 * `line_unknown` or `line_repeated`, `lines.N.quantity` `required` or `exceeds_creditable` (params
 * `quantity`), `credit_exceeds_invoice` (params `amount`: what is left, in minor units of
 * `currency`), `total_negative`.
 */
export function creditContent(
  invoice: CreditedInvoice,
  earlierCredits: readonly EarlierCredit[],
  selection: CreditSelection,
  made: { readonly newLineUid: () => LineUid; readonly issueDate: CalendarDate },
): Result<DocumentContent> {
  if (invoice.kind === 'credit_note') return refused('', 'credit_note_not_creditable');
  if (invoice.finalisedAt === null) return refused('', 'not_finalised');
  const creditable = creditableLines(invoice, earlierCredits);
  const chosen = choose(selection, creditable);
  if (!chosen.ok) return chosen;
  const isRest = creditable.every(
    (line) => line.quantity === (chosen.value.get(line.lineUid) ?? 0),
  );
  if (isRest && earlierCredits.length === 0) {
    return ok(creditHead(invoice.content, made.issueDate, copyLines(invoice.content.lines, made)));
  }
  if (chosen.value.size === 0) return refused('', 'nothing_to_credit');
  const natural = naturalCredit(invoice, creditable, chosen.value, made.newLineUid);
  const lines = [
    ...natural.lines,
    ...differenceLines({ invoice, earlierCredits, natural, isRest, newLineUid: made.newLineUid }),
  ];
  const content = { ...creditHead(invoice.content, made.issueDate, lines), discount: null };
  const issues = checkAmounts(invoice, earlierCredits, computeTotals(content));
  return issues.length > 0 ? refusedFor(issues) : ok(content);
}

/**
 * What forbids finalising a credit note, whatever was edited in its draft: quantities beyond what
 * is creditable and amounts beyond what is left of the invoice. `earlierCredits` are the others.
 */
export function checkCreditNote(
  invoice: CreditedInvoice,
  earlierCredits: readonly EarlierCredit[],
  credit: EarlierCredit,
): readonly Issue[] {
  const left = new Map(
    creditableLines(invoice, earlierCredits).map((line) => [line.lineUid, line.quantity]),
  );
  const credited = creditedQuantities([credit]);
  const exceeded = credit.content.lines.flatMap((line, index) => {
    const quantity = line.sourceLineUid === null ? undefined : left.get(line.sourceLineUid);
    const total = line.sourceLineUid === null ? undefined : credited.get(line.sourceLineUid);
    if (quantity === undefined || total === undefined) return [];
    return total * Math.sign(quantity || total) > Math.abs(quantity)
      ? [issue(`lines.${index}.quantity`, 'exceeds_creditable', { quantity })]
      : [];
  });
  return [...exceeded, ...checkAmounts(invoice, earlierCredits, credit.totals)];
}

function checkAmounts(
  invoice: CreditedInvoice,
  earlierCredits: readonly EarlierCredit[],
  totals: Totals,
): readonly Issue[] {
  const left = subtract(
    invoice.totals.total,
    add(...earlierCredits.map((credit) => credit.totals.total)),
  );
  const { currency } = invoice.content;
  if (totals.total < 0) return [issue('', 'total_negative')];
  return totals.total > left
    ? [issue('', 'credit_exceeds_invoice', { amount: Math.max(0, left), currency })]
    : [];
}

function copyLines(
  lines: readonly LineItem[],
  { newLineUid }: { readonly newLineUid: () => LineUid },
): LineItem[] {
  return lines.map((line) => ({ ...line, uid: newLineUid(), sourceLineUid: line.uid }));
}

/** Everything but the amounts; nothing is due on a credit note, so it has no terms. */
function creditHead(
  content: DocumentContent,
  issueDate: CalendarDate,
  lines: LineItem[],
): DocumentContent {
  return {
    ...content,
    issueDate,
    terms: null,
    dueDate: issueDate,
    notes: '',
    paymentReference: '',
    lines,
  };
}

/** Quantity by invoice line, or why the selection cannot be had. */
function choose(
  selection: CreditSelection,
  creditable: readonly CreditableLine[],
): Result<ReadonlyMap<LineUid, number>> {
  if (selection === 'full') {
    const left = creditable.filter((line) => line.quantity !== 0);
    return ok(new Map(left.map((line) => [line.lineUid, line.quantity])));
  }
  const issues: Issue[] = [];
  const chosen = new Map<LineUid, number>();
  selection.forEach(({ lineUid, quantity }, index) => {
    const line = creditable.find((candidate) => candidate.lineUid === lineUid);
    if (!line) issues.push(issue(`lines.${index}.lineUid`, 'line_unknown'));
    else if (chosen.has(lineUid)) issues.push(issue(`lines.${index}.lineUid`, 'line_repeated'));
    else if (quantity === 0) issues.push(issue(`lines.${index}.quantity`, 'required'));
    else if (Math.abs(quantity) > Math.abs(line.quantity)) {
      const params = { quantity: line.quantity };
      issues.push(issue(`lines.${index}.quantity`, 'exceeds_creditable', params));
    } else chosen.set(lineUid, Math.sign(line.quantity) * Math.abs(quantity));
  });
  return issues.length > 0 ? refusedFor(issues) : ok(chosen);
}
