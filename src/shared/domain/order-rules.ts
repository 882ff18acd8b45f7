import type { LineUid } from './ids';
import type { DocumentContent, InvoiceKind } from './invoice';
import type { Discount, LineItem } from './line-item';
import type { MinorUnits } from './money';
import { add, allocate, minor, multiplyDivide } from './money';
import type { Order, OrderStatus } from './order';
import type { Issue, Result } from './result';
import { issue, ok, refused, refusedFor } from './result';
import { computeTotals } from './totals';

/** An invoice or credit note that belongs to an order. */
export interface OrderDocument {
  readonly kind: InvoiceKind;
  readonly isFinalised: boolean;
  readonly isDeleted: boolean;
  readonly lines: readonly Pick<LineItem, 'uid' | 'sourceLineUid' | 'quantity'>[];
}

/** How much of an order line became invoices, in thousandths, with the sign of the order line. */
export interface OrderLineProgress {
  readonly lineUid: LineUid;
  readonly ordered: number;
  /** On finalised invoices, less what finalised credit notes released. */
  readonly invoiced: number;
  /** On drafts. */
  readonly reserved: number;
  /** Released by finalised credit notes; already taken off `invoiced`. */
  readonly credited: number;
  /** What can still be invoiced: `ordered - invoiced - reserved`, never beyond zero. */
  readonly open: number;
  /** What finalised invoices have beyond the order (two devices offline). */
  readonly overInvoiced: number;
}

/**
 * Where each line of an order stands. Drafts reserve, finalised invoices take, finalised credit
 * notes release (a credit line names the invoice line, which names the order line); deleted
 * documents and drafted credit notes count for nothing.
 */
export function reservedQuantities(
  order: Pick<Order, 'content'>,
  documents: readonly OrderDocument[],
): readonly OrderLineProgress[] {
  const standing = documents.filter((document) => !document.isDeleted);
  const invoices = standing.filter((document) => document.kind === 'invoice');
  const orderLineOf = new Map(
    invoices.flatMap(({ lines }) => lines.map((line) => [line.uid, line.sourceLineUid] as const)),
  );
  const invoiced = new Map<LineUid, number>();
  const reserved = new Map<LineUid, number>();
  const credited = new Map<LineUid, number>();
  for (const document of invoices) {
    const sums = document.isFinalised ? invoiced : reserved;
    for (const line of document.lines) addTo(sums, line.sourceLineUid, line.quantity);
  }
  for (const document of standing) {
    if (document.kind !== 'credit_note' || !document.isFinalised) continue;
    for (const line of document.lines) {
      const source = line.sourceLineUid === null ? null : orderLineOf.get(line.sourceLineUid);
      addTo(credited, source ?? null, line.quantity);
    }
  }
  return order.content.lines.map((line) =>
    progressOf(
      line,
      invoiced.get(line.uid) ?? 0,
      reserved.get(line.uid) ?? 0,
      credited.get(line.uid) ?? 0,
    ),
  );
}

function addTo(sums: Map<LineUid, number>, lineUid: LineUid | null, quantity: number): void {
  if (lineUid !== null) sums.set(lineUid, (sums.get(lineUid) ?? 0) + quantity);
}

function progressOf(
  line: LineItem,
  invoicedGross: number,
  reserved: number,
  credited: number,
): OrderLineProgress {
  const sign = line.quantity < 0 ? -1 : 1;
  const invoiced = invoicedGross - credited;
  const openSize = Math.max(0, sign * (line.quantity - invoiced - reserved));
  const overSize = Math.max(0, sign * (invoiced - line.quantity));
  return {
    lineUid: line.uid,
    ordered: line.quantity,
    invoiced,
    reserved,
    credited,
    // Keeps -0 out of comparisons.
    open: openSize === 0 ? 0 : sign * openSize,
    overInvoiced: overSize === 0 ? 0 : sign * overSize,
  };
}

/** What a new invoice takes from its order. */
export type OrderedContent = Pick<
  DocumentContent,
  'clientUid' | 'currency' | 'pricesIncludeTax' | 'buyerReference' | 'notes' | 'discount' | 'lines'
>;

/** `open`: all that is left. Otherwise quantities in thousandths; their sign is the line's. */
export type OrderSelection =
  'open' | readonly { readonly lineUid: LineUid; readonly quantity: number }[];

/**
 * The lines and the discount of an invoice over part of an order. Lines keep product, unit, price
 * and tax; percentages stay as they are. Fixed discounts (of a line, of the order) are split by
 * quantity over the invoices: each takes the difference between the rounded shares after and
 * before it, so that together they give away exactly what the order does, whatever the parts.
 * The order's fixed discount is split over its lines by the size of their totals first.
 *
 * Codes: `order_cancelled`, `nothing_open`, `lines.N.lineUid` `line_unknown` or `line_repeated`,
 * `lines.N.quantity` `required` or `exceeds_open` (params `quantity`: what is open).
 */
export function invoiceContentFromOrder(
  order: Pick<Order, 'content' | 'status'>,
  quantities: readonly OrderLineProgress[],
  selection: OrderSelection,
  { newLineUid }: { readonly newLineUid: () => LineUid },
): Result<OrderedContent> {
  if (order.status === 'cancelled') return refused('', 'order_cancelled');
  const progress = new Map(quantities.map((line) => [line.lineUid, line]));
  const chosen = choose(selection, quantities);
  if (!chosen.ok) return chosen;
  const totals = computeTotals(order.content);
  const shares = allocate(
    minor(Math.abs(totals.discount)),
    totals.lines.map((line) => Math.abs(line.total)),
  );
  const parts = order.content.lines.flatMap((line, index) => {
    const quantity = chosen.value.get(line.uid);
    if (quantity === undefined) return [];
    const taken = line.quantity - (progress.get(line.uid)?.open ?? 0);
    const shareOf = (amount: number): MinorUnits =>
      shareBetween(amount, taken, taken + quantity, line.quantity);
    const discount = partOfDiscount(
      line.discount,
      shareOf(Math.abs(totals.lines[index]?.discount ?? 0)),
    );
    const item: LineItem = {
      ...line,
      uid: newLineUid(),
      sourceLineUid: line.uid,
      quantity,
      discount,
    };
    return [{ item, documentShare: shareOf(shares[index] ?? 0) }];
  });
  if (parts.length === 0) return refused('', 'nothing_open');
  const { clientUid, currency, pricesIncludeTax, buyerReference, notes, discount } = order.content;
  return ok({
    clientUid,
    currency,
    pricesIncludeTax,
    buyerReference,
    notes,
    discount: partOfDiscount(discount, add(...parts.map((part) => part.documentShare))),
    lines: parts.map((part) => part.item),
  });
}

/** Quantity by order line, or why the selection cannot be had. */
function choose(
  selection: OrderSelection,
  quantities: readonly OrderLineProgress[],
): Result<ReadonlyMap<LineUid, number>> {
  if (selection === 'open') {
    // Lines without a quantity are remarks: they go onto the first invoice.
    const isUntouched = quantities.every((line) => line.open === line.ordered);
    const open = quantities.filter((line) => line.open !== 0);
    const lines = isUntouched && open.length > 0 ? quantities : open;
    return ok(new Map(lines.map((line) => [line.lineUid, line.open])));
  }
  const issues: Issue[] = [];
  const chosen = new Map<LineUid, number>();
  selection.forEach(({ lineUid, quantity }, index) => {
    const line = quantities.find((candidate) => candidate.lineUid === lineUid);
    if (!line) issues.push(issue(`lines.${index}.lineUid`, 'line_unknown'));
    else if (chosen.has(lineUid)) issues.push(issue(`lines.${index}.lineUid`, 'line_repeated'));
    else if (quantity === 0) issues.push(issue(`lines.${index}.quantity`, 'required'));
    else if (Math.abs(quantity) > Math.abs(line.open)) {
      issues.push(issue(`lines.${index}.quantity`, 'exceeds_open', { quantity: line.open }));
    } else chosen.set(lineUid, Math.sign(line.ordered) * Math.abs(quantity));
  });
  return issues.length > 0 ? refusedFor(issues) : ok(chosen);
}

/** `amount × to ÷ whole` less `amount × from ÷ whole`, each rounded: the parts sum to `amount`. */
function shareBetween(amount: number, from: number, to: number, whole: number): MinorUnits {
  if (whole === 0) return minor(0);
  const upTo = (part: number): number => multiplyDivide(amount, Math.abs(part), Math.abs(whole));
  return minor(upTo(to) - upTo(from));
}

function partOfDiscount(discount: Discount | null, share: MinorUnits): Discount | null {
  if (discount === null || discount.kind === 'percent') return discount;
  return share === 0 ? null : { kind: 'amount', amount: share };
}

/**
 * The status after documents of the order changed. Full invoicing completes it, a released
 * quantity brings it back to processing; a cancelled order stays cancelled (what was invoiced
 * stays as well).
 */
export function orderStatusAfter(
  order: Pick<Order, 'status'>,
  quantities: readonly OrderLineProgress[],
): OrderStatus {
  if (order.status === 'cancelled') return 'cancelled';
  const lines = quantities.filter((line) => line.ordered !== 0);
  const isInvoiced = (line: OrderLineProgress): boolean =>
    Math.sign(line.ordered) * (line.invoiced - line.ordered) >= 0;
  if (lines.length > 0 && lines.every(isInvoiced)) return 'completed';
  if (order.status === 'completed') return 'processing';
  const isBegun = lines.some((line) => line.invoiced !== 0 || line.reserved !== 0);
  return isBegun ? 'processing' : order.status;
}

const TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ['processing', 'completed', 'cancelled'],
  processing: ['pending', 'completed', 'cancelled'],
  completed: ['processing'],
  cancelled: ['pending'],
};

/** Whether a person may move an order from one status to another (`status_change_not_allowed`). */
export function checkOrderTransition(from: OrderStatus, to: OrderStatus): Result<OrderStatus> {
  return from === to || TRANSITIONS[from].includes(to)
    ? ok(to)
    : refused('status', 'status_change_not_allowed', { from, to });
}
