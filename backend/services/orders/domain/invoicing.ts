import type { OrderStatus } from '../../../../src/shared/domain/order';
import type { OrderLineProgress } from '../../../../src/shared/domain/order-rules';
import { orderStatusAfter } from '../../../../src/shared/domain/order-rules';
import type { Issue } from '../../../../src/shared/domain/result';
import { issue } from '../../../../src/shared/domain/result';
import { unscaled } from '../../../../src/shared/contracts/rest-v1/money-fields';
import { QUANTITY_DECIMALS } from '../../../../src/shared/contracts/rest-v1/line-numbers';
import type { OrderLine } from './items';
import type { Order } from './order';

/** A document of an order, as far as it takes of its lines. */
export interface OrderDocument {
  readonly deleted: boolean;
  /** Thousandths by order line; a credit note's are negative. */
  readonly takings: readonly {
    readonly order_item_id: number | null;
    readonly line_uid: string | null;
    readonly quantity: number;
  }[];
}

/**
 * The order after its documents changed: what they take of each line in sum, and the status that
 * follows (DOMAIN 5). Over-invoicing stands. Nothing but a changed sum moves the status, so that an
 * order that a person completed stays so while its invoices are paid. The same documents give the
 * same order, however often and in whatever order they are told.
 */
export function withDocuments(order: Order, documents: readonly OrderDocument[]): Order {
  const ids = new Map(order.lines.map((line) => [line.id, line.uid as string]));
  const sums = new Map<string | undefined, number>();
  for (const { takings } of documents.filter((document) => !document.deleted)) {
    for (const { order_item_id: id, line_uid, quantity } of takings) {
      const uid = line_uid ?? ids.get(id ?? 0);
      sums.set(uid, (sums.get(uid) ?? 0) + quantity);
    }
  }
  const lines = order.lines.map((line) => ({ ...line, invoiced: sums.get(line.uid) ?? 0 }));
  const isChanged = lines.some((line, index) => line.invoiced !== order.lines[index]?.invoiced);
  return isChanged ? { ...order, lines, status: statusFor(order.status, lines) } : order;
}

/** The status that the invoicing of the lines asks for. */
export function statusFor(status: OrderStatus, lines: readonly OrderLine[]): OrderStatus {
  return orderStatusAfter({ status }, lines.map(progressOf));
}

function progressOf({ uid, quantity, invoiced }: OrderLine): OrderLineProgress {
  const sign = quantity < 0 ? -1 : 1;
  const left = sign * (quantity - invoiced);
  return {
    lineUid: uid,
    ordered: quantity,
    invoiced,
    reserved: 0,
    credited: 0,
    open: left > 0 ? sign * left : 0,
    overInvoiced: left < 0 ? sign * -left : 0,
  };
}

/**
 * What a change of the lines is refused for once parts of them became invoices: an invoiced line
 * stays (`items` `line_invoiced`), and its quantity does not fall below what they took
 * (`items.N.quantity` `below_invoiced`, params `quantity`).
 */
export function invoicedLineIssues(
  before: readonly OrderLine[],
  after: readonly OrderLine[],
): readonly Issue[] {
  return before
    .filter((line) => line.invoiced !== 0)
    .flatMap((line) => {
      const quantity = unscaled(line.invoiced, QUANTITY_DECIMALS);
      const index = after.findIndex((one) => one.id === line.id);
      const current = after[index];
      if (current === undefined) return [issue('items', 'line_invoiced', { quantity })];
      // What was invoiced beyond the order already is no reason to refuse another change.
      if (current.quantity === line.quantity) return [];
      const sign = line.invoiced < 0 ? -1 : 1;
      return sign * current.quantity < sign * line.invoiced
        ? [issue(`items.${index}.quantity`, 'below_invoiced', { quantity })]
        : [];
    });
}
