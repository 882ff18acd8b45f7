import fc from 'fast-check';
import { expect } from 'vitest';

import type { CalendarDate } from '../../../../shared/domain/calendar-date';
import { addDays } from '../../../../shared/domain/calendar-date';
import type { InvoiceUid, OrderUid, PaymentUid } from '../../../../shared/domain/ids';
import { minor } from '../../../../shared/domain/money';
import type { Result } from '../../../../shared/domain/result';
import type { BusinessContext } from '../../../context';
import type { TestBusiness } from '../../../testing/open-test-business';
import { invoiceUseCases } from '../../invoices/invoice-use-cases';
import { orderUseCases } from '../../orders/order-use-cases';
import { paymentUseCases } from '../../payments/payment-use-cases';
import { aLine, createClient, value, VAT } from './builders';
import { dumpHash } from './dump';

const useCases = { ...invoiceUseCases, ...orderUseCases, ...paymentUseCases };

/** One step of a random story; the numbers choose among what is there. */
export const step = fc.record({
  action: fc.constantFrom(
    'draft',
    'edit',
    'delete',
    'restore',
    'finalise',
    'finalise',
    'finalise',
    'credit',
    'credit',
    'pay',
    'pay',
    'refund',
    'markAsPaid',
    'reverse',
    'order',
    'invoiceOrder',
    'duplicate',
    'cancelOrder',
    'deleteOrder',
  ),
  target: fc.nat(50),
  amount: fc.integer({ min: 1, max: 30_000 }),
  quantity: fc.integer({ min: 1, max: 5_000 }),
  day: fc.integer({ min: -40, max: 20 }),
  isForeign: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What a person does with documents, orders and payments, by random steps. */
export class Story {
  readonly #context: BusinessContext;
  readonly #clients;
  readonly #invoices: InvoiceUid[] = [];
  readonly #issued: InvoiceUid[] = [];
  readonly #orders: OrderUid[] = [];
  readonly #payments: PaymentUid[] = [];

  constructor({ context }: TestBusiness) {
    this.#context = context;
    this.#clients = [createClient(context, { name: 'Acme Ltd' }), createClient(context)] as const;
  }

  /** Carries a step out, whatever becomes of it. */
  async tell(step: Step): Promise<void> {
    await this.#run(step);
  }

  /** Carries a step out; what is refused must have changed nothing. */
  async take(step: Step): Promise<void> {
    const before = dumpHash(this.#context);
    const result = await this.#run(step);
    if (result !== null && !result.ok) {
      expect(dumpHash(this.#context), `${step.action} ${JSON.stringify(result)}`).toBe(before);
    }
  }

  async #run(step: Step): Promise<Result<unknown, unknown> | null> {
    const context = this.#context;
    const invoiceUid = this.#invoiceOf(step);
    const orderUid = this.#orders[step.target % Math.max(1, this.#orders.length)];
    switch (step.action) {
      case 'draft':
        return await this.#draft(step);
      case 'order':
        return await this.#order(step);
      case 'invoiceOrder':
        return orderUid === undefined ? null : await this.#invoiceOrder(orderUid, step);
      case 'cancelOrder': {
        const status = step.target % 2 === 0 ? 'cancelled' : 'pending';
        return orderUid === undefined
          ? null
          : await useCases['orders.setStatus'](context, { uid: orderUid, status });
      }
      case 'deleteOrder': {
        const name = step.target % 2 === 0 ? 'orders.delete' : 'orders.restore';
        return orderUid === undefined ? null : await useCases[name](context, { uid: orderUid });
      }
      case 'reverse': {
        const uid = this.#payments[step.target % Math.max(1, this.#payments.length)];
        return uid === undefined ? null : await useCases['payments.reverse'](context, { uid });
      }
      default:
        return invoiceUid === undefined ? null : await this.#onInvoice(invoiceUid, step);
    }
  }

  /** Mostly one that the step can be done to: the newest drafts, or what is issued. */
  #invoiceOf({ action, target, isForeign }: Step): InvoiceUid | undefined {
    if (action === 'finalise') return this.#invoices.at(-1 - (target % 3));
    const isMoney = ['credit', 'pay', 'refund', 'markAsPaid'].includes(action);
    const list = isMoney && (!isForeign || target % 4 > 0) ? this.#issued : this.#invoices;
    return list[target % Math.max(1, list.length)];
  }

  async #onInvoice(uid: InvoiceUid, step: Step): Promise<Result<unknown, unknown>> {
    const context = this.#context;
    const date = this.#day(step);
    switch (step.action) {
      case 'edit':
        return await this.#edit(uid, step);
      case 'delete':
        return await useCases['invoices.deleteDraft'](context, { uid });
      case 'restore':
        return await useCases['invoices.restoreDraft'](context, { uid });
      case 'finalise': {
        const issued = await useCases['invoices.finalise'](context, { uid });
        if (issued.ok) this.#issued.push(uid);
        return issued;
      }
      case 'duplicate': {
        const copy = await useCases['invoices.duplicate'](context, { uid });
        if (copy.ok) this.#invoices.push(copy.value.uid);
        return copy;
      }
      case 'credit':
        return await this.#credit(uid, step);
      case 'markAsPaid': {
        const input = { invoiceUid: uid, method: 'card' } as const;
        return this.#paid(await useCases['payments.markAsPaid'](context, input));
      }
      default: {
        const amount = minor(step.action === 'refund' ? -step.amount : step.amount);
        const payment = { invoiceUid: uid, date, amount, method: 'cash', reference: '' } as const;
        return this.#paid(await useCases['payments.record'](context, { payment }));
      }
    }
  }

  #paid<T extends { readonly uid: PaymentUid }, E>(result: Result<T, E>): Result<T, E> {
    if (result.ok) this.#payments.push(result.value.uid);
    return result;
  }

  #day(step: Step): CalendarDate {
    return addDays(this.#context.today(), step.day);
  }

  async #content(step: Step) {
    const clientUid = this.#clients[step.target % 2 === 0 ? 0 : 1];
    const blank = value(await useCases['invoices.blank'](this.#context, { clientUid }));
    const issueDate = this.#day(step);
    const currency = (step.isForeign ? 'USD' : 'EUR') as typeof blank.currency;
    const to = blank.currency;
    return {
      ...blank,
      currency,
      exchangeRate: step.isForeign ? { to, rate: 900_000_000, date: issueDate } : null,
      issueDate,
      dueDate: addDays(issueDate, step.target % 30),
      lines: [
        aLine({ quantity: step.quantity, unitPrice: step.amount * 7, tax: VAT }),
        aLine({ unitPrice: step.amount * 11 }),
      ],
    };
  }

  async #draft(step: Step) {
    const content = await this.#content(step);
    const draft = await useCases['invoices.createDraft'](this.#context, { content });
    if (draft.ok) this.#invoices.push(draft.value.uid);
    return draft;
  }

  async #edit(uid: InvoiceUid, step: Step) {
    const view = value(await useCases['invoices.get'](this.#context, { uid }));
    const lines = view.invoice.content.lines.map((line) => ({ ...line, unitPrice: step.amount }));
    const content = { ...view.invoice.content, lines };
    return await useCases['invoices.updateDraft'](this.#context, { uid, content });
  }

  async #credit(uid: InvoiceUid, step: Step) {
    const view = value(await useCases['invoices.get'](this.#context, { uid }));
    const lines = view.creditable
      .filter((line) => line.quantity !== 0)
      .map(({ lineUid, quantity }) => ({ lineUid, quantity: Math.min(quantity, step.quantity) }));
    const isPartial = step.target % 2 === 0 && lines.length > 0;
    const input = { uid, alsoCopy: step.target % 3 === 0, ...(isPartial ? { lines } : {}) };
    const credit = await useCases['invoices.credit'](this.#context, input);
    if (credit.ok) {
      this.#invoices.push(credit.value.creditNote.uid);
      if (credit.value.copy !== null) this.#invoices.push(credit.value.copy.uid);
    }
    return credit;
  }

  async #order(step: Step) {
    const { clientUid, currency, lines } = await this.#content({ ...step, isForeign: false });
    const content = {
      clientUid,
      currency,
      orderDate: this.#day(step),
      buyerReference: '',
      notes: '',
      pricesIncludeTax: false,
      discount: null,
      lines,
    };
    const order = await useCases['orders.create'](this.#context, { content });
    if (order.ok) this.#orders.push(order.value.uid);
    return order;
  }

  async #invoiceOrder(uid: OrderUid, step: Step) {
    const { order } = value(await useCases['orders.get'](this.#context, { uid }));
    const lineUid = order.content.lines[0]?.uid;
    const isPart = step.target % 2 === 0 && lineUid !== undefined;
    const lines = isPart ? { lines: [{ lineUid, quantity: step.quantity }] } : {};
    const draft = await useCases['orders.createInvoice'](this.#context, { uid, ...lines });
    if (draft.ok) this.#invoices.push(draft.value.uid);
    return draft;
  }
}

function rows({ replica }: BusinessContext, query: string): unknown[] {
  return replica.connection.prepare(query).all();
}

const STANDING = `(SELECT *, iif(kind = 'credit_note', -1, 1) AS sign FROM invoices WHERE deleted_at IS NULL)`;

/** Everything derived, against a scan of the facts. */
export function expectConsistent(context: BusinessContext): void {
  expect(rows(context, `SELECT * FROM day_sums ORDER BY figure, currency, day`)).toEqual(
    rows(
      context,
      `SELECT * FROM (
         SELECT 'net' AS figure, currency, issue_date AS day, sum(sign * net) AS amount, count(*) AS count
           FROM ${STANDING} WHERE finalised_at IS NOT NULL GROUP BY 2, 3
         UNION ALL SELECT 'open', currency, due_date, sum(balance), sum(balance > 0)
           FROM ${STANDING} WHERE balance <> 0 GROUP BY 2, 3
         UNION ALL SELECT 'paid', currency, date, sum(amount), count(*) FROM payments GROUP BY 2, 3
       ) WHERE amount <> 0 OR count <> 0 ORDER BY figure, currency, day`,
    ),
  );
  expect(
    rows(
      context,
      `SELECT * FROM client_sums WHERE invoiced <> 0 OR balance <> 0 ORDER BY client_uid, currency`,
    ),
  ).toEqual(
    rows(
      context,
      `SELECT client_uid, currency, sum(sign * total) AS invoiced, sum(balance) AS balance
       FROM ${STANDING} WHERE finalised_at IS NOT NULL GROUP BY 1, 2
       HAVING sum(sign * total) <> 0 OR sum(balance) <> 0 ORDER BY 1, 2`,
    ),
  );
  expect(
    rows(
      context,
      `SELECT * FROM invoice_sums WHERE count <> 0 ORDER BY kind, settlement, currency`,
    ),
  ).toEqual(
    rows(
      context,
      `SELECT kind, settlement, currency, count(*) AS count, sum(sign * total) AS total,
         sum(balance) AS balance FROM ${STANDING} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    ),
  );
  const credits = `SELECT coalesce(sum(total), 0) FROM invoices c WHERE c.corrects_uid = i.uid AND c.finalised_at IS NOT NULL`;
  const paid = `SELECT coalesce(sum(amount), 0) FROM payments p WHERE p.invoice_uid = i.uid`;
  expect(
    rows(
      context,
      `SELECT uid FROM invoices i WHERE credited <> (${credits}) OR paid <> (${paid})
         OR balance <> iif(finalised_at IS NULL OR kind = 'credit_note', 0, total - paid - credited)
         OR credited > total OR total <> net + tax`,
    ),
  ).toEqual([]);
  expect(
    rows(
      context,
      `SELECT 1 FROM invoices WHERE sequence IS NOT NULL GROUP BY series_uid, period
       HAVING count(*) <> max(sequence)`,
    ),
  ).toEqual([]);
  expect(rows(context, `SELECT count(*) AS n FROM invoices_search_docsize`)).toEqual(
    rows(context, `SELECT count(*) AS n FROM invoices WHERE deleted_at IS NULL`),
  );
  expect(rows(context, `SELECT count(*) AS n FROM orders_search_docsize`)).toEqual(
    rows(context, `SELECT count(*) AS n FROM orders WHERE deleted_at IS NULL`),
  );
  expect(context.ledger.unsettled()).toEqual([]);
}
