import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { InvoiceUid, PaymentUid } from './ids';
import { newUid } from './ids';
import { balanceOf } from './invoice-status';
import { minor } from './money';
import type { Payment, PaymentInput } from './payment';
import { payment as paymentSchema } from './payment';
import type { PayableState } from './payment-rules';
import { checkPayment, paidTotal, reversalOf } from './payment-rules';
import { day, EUR } from './testing/arbitraries';

const uid = newUid<InvoiceUid>();
const NOW = '2026-04-01T00:00:00.000Z';

function stateOf(total: number, credited: number, payments: readonly Payment[]): PayableState {
  return {
    invoice: {
      uid,
      kind: 'invoice',
      finalisedAt: NOW,
      deletedAt: null,
      credited: minor(credited),
      content: { currency: EUR },
      totals: { total: minor(total) },
    },
    payments,
  };
}

function input(amount: number): PaymentInput {
  return {
    invoiceUid: uid,
    date: day('2026-04-01'),
    amount: minor(amount),
    method: 'cash',
    reference: '',
  };
}

function recorded(amount: number): Payment {
  return { ...input(amount), uid: newUid<PaymentUid>(), reverses: null, createdAt: NOW };
}

const undo = () => ({ uid: newUid<PaymentUid>(), date: day('2026-04-02'), createdAt: NOW });

function refusal(state: PayableState, amount: number): unknown {
  const result = checkPayment(state, input(amount));
  return result.ok || result.error.kind !== 'refused' ? null : result.error.issues[0];
}

describe('checkPayment', () => {
  it('refuses to overpay and tells the balance', () => {
    expect(refusal(stateOf(100, 20, [recorded(30)]), 51)).toEqual({
      field: 'amount',
      code: 'overpayment',
      params: { amount: 50, currency: 'EUR' },
    });
    expect(refusal(stateOf(100, 20, [recorded(30)]), 50)).toBeNull();
    expect(refusal(stateOf(100, 50, [recorded(100)]), 1)).toMatchObject({ params: { amount: 0 } });
  });

  it('pays back at most what is owed to the client', () => {
    expect(refusal(stateOf(100, 40, [recorded(100)]), -41)).toEqual({
      field: 'amount',
      code: 'refund_exceeds_credit',
      params: { amount: 40, currency: 'EUR' },
    });
    expect(refusal(stateOf(100, 40, [recorded(100)]), -40)).toBeNull();
    expect(refusal(stateOf(100, 0, [recorded(100)]), -1)).toMatchObject({ params: { amount: 0 } });
  });

  it('refuses nothing, drafts and credit notes', () => {
    const state = stateOf(100, 0, []);
    const on = (change: Partial<PayableState['invoice']>): PayableState => ({
      ...state,
      invoice: { ...state.invoice, ...change },
    });
    expect(refusal(state, 0)).toMatchObject({ field: 'amount', code: 'required' });
    expect(refusal(on({ finalisedAt: null }), 5)).toMatchObject({ code: 'not_finalised' });
    expect(refusal(on({ kind: 'credit_note' }), 5)).toMatchObject({
      code: 'credit_note_not_payable',
    });
  });
});

describe('reversalOf', () => {
  it('undoes a payment once, and no reversal', () => {
    const payment = recorded(100);
    const reversal = reversalOf(payment, [payment], undo());
    if (!reversal.ok) throw new Error('refused');
    expect(reversal.value).toMatchObject({
      amount: -100,
      reverses: payment.uid,
      date: '2026-04-02',
    });
    expect(paymentSchema.safeParse(reversal.value).success).toBe(true);
    const all = [payment, reversal.value];
    expect(paidTotal(all)).toBe(0);
    expect(reversalOf(payment, all, undo())).toMatchObject({
      error: { issues: [{ code: 'already_reversed' }] },
    });
    expect(reversalOf(reversal.value, all, undo())).toMatchObject({
      error: { issues: [{ code: 'reversal_not_reversible' }] },
    });
  });
});

describe('a history of payments', () => {
  it('never holds more than the total, whatever is paid, credited, refunded and undone', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('pay' as const), amount: fc.integer({ min: -120, max: 120 }) }),
      fc.record({ kind: fc.constant('undo' as const), amount: fc.nat(10) }),
      fc.record({ kind: fc.constant('credit' as const), amount: fc.integer({ min: 1, max: 60 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const payments: Payment[] = [];
        let credited = 0;
        for (const { kind, amount } of steps) {
          if (kind === 'credit') credited = Math.min(100, credited + amount);
          else if (kind === 'pay') {
            if (checkPayment(stateOf(100, credited, payments), input(amount)).ok)
              payments.push(recorded(amount));
          } else {
            const target = payments[amount];
            const reversal = target && reversalOf(target, payments, undo());
            if (reversal?.ok) payments.push(reversal.value);
          }
          const paid = paidTotal(payments);
          expect(paid).toBeLessThanOrEqual(100);
          expect(-balanceOf(minor(100), paid, minor(credited))).toBeLessThanOrEqual(credited);
          const undone = new Set(payments.map((payment) => payment.reverses));
          const standing = payments.filter(
            (payment) => payment.reverses === null && !undone.has(payment.uid),
          );
          expect(paidTotal(standing)).toBe(paid);
        }
      }),
    );
  });
});
