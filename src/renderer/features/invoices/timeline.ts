import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import type { Payment } from '../../../shared/domain/payment';

export type Delivery = MethodOutput<'sends.ofInvoice'>[number];
type Credit = InvoiceView['credits'][number];

/** One thing that happened to an issued document. `at`: an instant. */
export type TimelineEntry = { readonly at: string } & (
  | { readonly kind: 'finalised' | 'imported' }
  | {
      readonly kind: 'delivery';
      readonly delivery: Delivery;
      /** Nothing of its kind was e-mailed since: what is to be done about it is done here. */
      readonly isLatest: boolean;
    }
  | {
      readonly kind: 'paid' | 'partly_paid' | 'refunded' | 'reversed';
      readonly payment: Payment;
    }
  | { readonly kind: 'credited'; readonly credit: Credit }
);

/**
 * What happened to an issued document, the newest first; told by its own facts, so that every
 * device tells the same. `deliveries`: the newest first.
 */
export function timelineOf(
  view: InvoiceView,
  deliveries: readonly Delivery[],
): readonly TimelineEntry[] {
  const { finalisedAt, isImported, createdAt } = view.invoice;
  const issued: TimelineEntry = {
    at: finalisedAt ?? createdAt,
    kind: isImported ? 'imported' : 'finalised',
  };
  const mailed = deliveries.map((delivery, index): TimelineEntry => ({
    at: delivery.settledAt ?? delivery.requestedAt,
    kind: 'delivery',
    delivery,
    isLatest: deliveries.findIndex(({ kind }) => kind === delivery.kind) === index,
  }));
  return [issued, ...settling(view), ...mailed.reverse()]
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .toReversed();
}

/** Payments and credits, each by what it made of the balance. */
function settling(view: InvoiceView): readonly TimelineEntry[] {
  const credits = view.credits.flatMap((credit) =>
    credit.finalisedAt === null ? [] : [{ at: credit.finalisedAt, credit }],
  );
  const moves = [
    ...view.payments.map((payment) => ({ at: payment.createdAt, payment })),
    ...credits,
  ].toSorted((one, other) => one.at.localeCompare(other.at));
  let open: number = view.invoice.totals.total;
  return moves.map((move): TimelineEntry => {
    if ('credit' in move) {
      open -= Math.abs(move.credit.total);
      return { ...move, kind: 'credited' };
    }
    const { amount, reverses } = move.payment;
    open -= amount;
    if (reverses !== null) return { ...move, kind: 'reversed' };
    if (amount < 0) return { ...move, kind: 'refunded' };
    return { ...move, kind: open <= 0 ? 'paid' : 'partly_paid' };
  });
}
