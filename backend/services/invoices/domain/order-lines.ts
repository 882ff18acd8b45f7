import type { LineUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent } from '../../../../src/shared/domain/invoice';

/** A line of an order, as far as recognising it goes. */
export interface OrderLine {
  readonly order_item_id: number;
  readonly line_uid: LineUid;
  readonly description: string;
  readonly unit_price: number;
}

export interface InvoicedLine {
  readonly description: string;
  readonly unitPrice: number;
}

/** Which order line it is, in both of its names. */
export interface OrderLineKey {
  /** Null where only devices have named it. */
  readonly id: number | null;
  readonly uid: LineUid | null;
}

/**
 * By invoice line, the order line that it invoices: one of the same description and price, else of
 * the same description; each order line at most once as long as there is another. Lines that the
 * order does not have invoice none.
 */
export function matchOrderLines(
  order: readonly OrderLine[],
  lines: readonly InvoicedLine[],
): readonly (OrderLineKey | null)[] {
  const taken = new Set<number>();
  const matched: (OrderLineKey | null)[] = lines.map(() => null);
  const isSameName = (line: InvoicedLine, one: OrderLine) =>
    normal(one.description) === normal(line.description);
  const isSame = (line: InvoicedLine, one: OrderLine) =>
    isSameName(line, one) && one.unit_price === line.unitPrice;
  const rounds = [
    (line: InvoicedLine, one: OrderLine) => isSame(line, one) && !taken.has(one.order_item_id),
    (line: InvoicedLine, one: OrderLine) => isSameName(line, one) && !taken.has(one.order_item_id),
    // A line that was split into several invoices the same order line again.
    isSame,
    isSameName,
  ];
  for (const fits of rounds) {
    lines.forEach((line, index) => {
      if (matched[index] !== null) return;
      const found = order.find((one) => fits(line, one));
      if (found === undefined) return;
      matched[index] = { id: found.order_item_id, uid: found.line_uid };
      taken.add(found.order_item_id);
    });
  }
  return matched;
}

function normal(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** Content whose lines name the order lines that they invoice, as devices have it. */
export function withOrderLines(
  content: DocumentContent,
  orderLines: readonly (OrderLineKey | null)[],
): DocumentContent {
  const lines = content.lines.map((line, index) => ({
    ...line,
    sourceLineUid: orderLines[index]?.uid ?? null,
  }));
  return { ...content, lines };
}

/** What a document takes of an order line, named by its id, its uid or both. */
export interface OrderTaking {
  readonly order_item_id: number | null;
  readonly line_uid: LineUid | null;
  readonly quantity: number;
}

/** Sums quantities (thousandths) by order line; a credit note gives back. */
export function orderLinesOf(
  kind: 'invoice' | 'credit_note',
  items: readonly {
    readonly orderItemId: number | null;
    readonly orderLineUid: LineUid | null;
    readonly quantity: number;
  }[],
): OrderTaking[] {
  const sums = new Map<number | LineUid, OrderTaking>();
  const sign = kind === 'credit_note' ? -1 : 1;
  for (const { orderItemId, orderLineUid, quantity } of items) {
    const key = orderLineUid ?? orderItemId;
    if (key === null) continue;
    const before = sums.get(key)?.quantity ?? 0;
    sums.set(key, {
      order_item_id: orderItemId,
      line_uid: orderLineUid,
      quantity: before + sign * quantity,
    });
  }
  return [...sums.values()];
}
