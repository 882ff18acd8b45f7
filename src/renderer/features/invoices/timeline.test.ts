import { describe, expect, it } from 'vitest';

import type { InvoiceView } from '../../../shared/contracts/app-api/invoices';
import type { PaymentUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { Delivery } from './timeline';
import { timelineOf } from './timeline';

const at = (minute: number): string => `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** As much of a view as the timeline reads: an invoice over 100.00. */
function aView(own: {
  readonly payments?: readonly object[];
  readonly credits?: readonly object[];
  readonly isImported?: boolean;
}): InvoiceView {
  const { payments = [], credits = [], isImported = false } = own;
  const invoice = { finalisedAt: at(0), createdAt: at(0), isImported, totals: { total: 10_000 } };
  return { invoice, payments, credits } as unknown as InvoiceView;
}

function aPayment(minute: number, amount: number, reverses: PaymentUid | null = null): object {
  return { uid: newUid<PaymentUid>(), createdAt: at(minute), amount, reverses };
}

function aDelivery(minute: number, own: Partial<Delivery> = {}): Delivery {
  return {
    kind: 'invoice',
    state: 'sent',
    requestedAt: at(minute),
    settledAt: null,
    ...own,
  } as Delivery;
}

function kinds(view: InvoiceView, deliveries: readonly Delivery[] = []): readonly string[] {
  return timelineOf(view, deliveries).map(({ kind }) => kind);
}

describe('the timeline', () => {
  it('begins with the number and tells the newest first', () => {
    const view = aView({ payments: [aPayment(9, 10_000)] });
    expect(kinds(view, [aDelivery(5)])).toEqual(['paid', 'delivery', 'finalised']);
    expect(kinds(aView({ isImported: true }))).toEqual(['imported']);
  });

  it('places an e-mail where it was settled', () => {
    const view = aView({ payments: [aPayment(5, 2_000)] });
    expect(kinds(view, [aDelivery(1, { settledAt: at(9) })])[0]).toBe('delivery');
    expect(kinds(view, [aDelivery(1)])[0]).toBe('partly_paid');
  });

  it('calls a payment by what it leaves open, and credits count', () => {
    const credit = { uid: 'one', finalisedAt: at(2), total: -4_000 };
    const payments = [aPayment(1, 3_000), aPayment(3, 3_000)];
    const view = aView({ payments, credits: [credit] });
    expect(kinds(view)).toEqual(['paid', 'credited', 'partly_paid', 'finalised']);
    const draft = { ...credit, finalisedAt: null };
    expect(kinds(aView({ payments, credits: [draft] }))).toEqual([
      'partly_paid',
      'partly_paid',
      'finalised',
    ]);
  });

  it('tells what was taken back and what was paid back', () => {
    const wrong = aPayment(1, 12_000);
    const payments = [wrong, aPayment(2, -2_000), aPayment(3, -12_000, newUid<PaymentUid>())];
    expect(kinds(aView({ payments }))).toEqual(['reversed', 'refunded', 'paid', 'finalised']);
  });

  it('leaves to the newest e-mail of each kind what is to be done', () => {
    const deliveries = [
      aDelivery(8, { kind: 'reminder' }),
      aDelivery(7),
      aDelivery(6, { state: 'bounced' }),
    ];
    const latest = timelineOf(aView({}), deliveries).map((entry) =>
      entry.kind === 'delivery' ? entry.isLatest : null,
    );
    expect(latest).toEqual([true, true, false, null]);
  });
});
