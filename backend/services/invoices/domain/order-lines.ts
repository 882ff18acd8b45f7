/** A line of an order, as far as recognising it goes. */
export interface OrderLine {
  readonly order_item_id: number;
  readonly description: string;
  readonly unit_price: number;
}

export interface InvoicedLine {
  readonly description: string;
  readonly unitPrice: number;
}

/**
 * By invoice line, the order line that it invoices: one of the same description and price, else of
 * the same description; each order line at most once as long as there is another. Lines that the
 * order does not have invoice none.
 */
export function matchOrderLines(
  order: readonly OrderLine[],
  lines: readonly InvoicedLine[],
): readonly (number | null)[] {
  const taken = new Set<number>();
  const matched: (number | null)[] = lines.map(() => null);
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
      matched[index] = found.order_item_id;
      taken.add(found.order_item_id);
    });
  }
  return matched;
}

function normal(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** Sums quantities (thousandths) by order line; a credit note gives back. */
export function orderLinesOf(
  kind: 'invoice' | 'credit_note',
  items: readonly { readonly orderItemId: number | null; readonly quantity: number }[],
): { order_item_id: number; quantity: number }[] {
  const sums = new Map<number, number>();
  const sign = kind === 'credit_note' ? -1 : 1;
  for (const { orderItemId, quantity } of items) {
    if (orderItemId === null) continue;
    sums.set(orderItemId, (sums.get(orderItemId) ?? 0) + sign * quantity);
  }
  return [...sums].map(([order_item_id, quantity]) => ({ order_item_id, quantity }));
}
