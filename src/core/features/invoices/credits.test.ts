import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Invoice } from '../../../shared/domain/invoice';
import { minor } from '../../../shared/domain/money';
import type { InvoiceUid, PaymentUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { aLine, createClient, refusals, value, VAT } from '../documents/testing/builders';
import { dumpHash } from '../documents/testing/dump';
import { paymentUseCases } from '../payments/payment-use-cases';
import { invoiceUseCases } from './invoice-use-cases';

const call = { ...invoiceUseCases, ...paymentUseCases };

let business: TestBusiness;
beforeEach(() => {
  business = openTestBusiness();
});
afterEach(() => {
  business.close();
});

async function issue(): Promise<Invoice> {
  const { context } = business;
  const clientUid = createClient(context);
  const blank = value(await call['invoices.blank'](context, { clientUid }));
  const lines = [aLine({ tax: VAT, quantity: 3_000, unitPrice: 333_333 }), aLine({ tax: VAT })];
  const content = { ...blank, lines };
  const draft = value(await call['invoices.createDraft'](context, { content }));
  return value(await call['invoices.finalise'](context, { uid: draft.uid }));
}

const view = async ({ uid }: { uid: InvoiceUid }) =>
  value(await call['invoices.get'](business.context, { uid }));

const finalise = async ({ uid }: { uid: InvoiceUid }) =>
  value(await call['invoices.finalise'](business.context, { uid }));

const credit = (uid: InvoiceUid, lines?: Parameters<typeof withLines>[0]) =>
  call['invoices.credit'](business.context, { uid, alsoCopy: false, ...withLines(lines) });

function withLines(
  lines: { lineUid: Invoice['content']['lines'][number]['uid']; quantity: number }[] | undefined,
) {
  return lines === undefined ? {} : { lines };
}

const pay = (invoiceUid: InvoiceUid, amount: number) =>
  call['payments.record'](business.context, {
    payment: {
      invoiceUid,
      amount: minor(amount),
      date: business.context.today(),
      method: 'bank_transfer',
      reference: '',
    },
  });

describe('a credit note', () => {
  it('over all nets to zero with its invoice, from a series of its own', async () => {
    const invoice = await issue();
    const { creditNote } = value(await credit(invoice.uid));
    expect(await view(invoice)).toMatchObject({ status: 'sent' });
    const issued = await finalise(creditNote);
    expect(issued.number).toBe('CN-2026-0001');
    expect(issued.totals.total).toBe(invoice.totals.total);
    expect(issued.totals.tax).toBe(invoice.totals.tax);
    const after = await view(invoice);
    expect(after).toMatchObject({ status: 'credited', balance: 0 });
    expect(after.credits).toEqual([
      expect.objectContaining({ number: 'CN-2026-0001', total: -invoice.totals.total }),
    ]);
    expect(after.creditable.every(({ quantity }) => quantity === 0)).toBe(true);
    expect((await view(issued)).corrects?.number).toBe('INV-2026-0001');
    const counted = value(await call['invoices.count'](business.context, {}));
    expect(counted).toEqual({ count: 2, totals: [{ currency: 'EUR', total: 0, balance: 0 }] });
    expect(refusals(await credit(invoice.uid))).toEqual([' nothing_to_credit']);
  });

  it('over single lines leaves the rest, and cannot exceed it', async () => {
    const invoice = await issue();
    const [first] = invoice.content.lines;
    if (!first) throw new Error('no line');
    const part = [{ lineUid: first.uid, quantity: 2_000 }];
    const { creditNote } = value(await credit(invoice.uid, part));
    expect(refusals(await credit(invoice.uid, part))).toEqual([
      'lines.0.quantity exceeds_creditable',
    ]);
    const issued = await finalise(creditNote);
    const after = await view(invoice);
    expect(after.invoice.credited).toBe(issued.totals.total);
    expect(after.balance).toBe(invoice.totals.total - issued.totals.total);
    const { creditNote: rest } = value(await credit(invoice.uid));
    await finalise(rest);
    expect(await view(invoice)).toMatchObject({ status: 'credited', balance: 0 });
  });

  it('is not finalised beyond the invoice, whatever was edited in', async () => {
    const invoice = await issue();
    const { creditNote } = value(await credit(invoice.uid));
    const lines = creditNote.content.lines.map((line) => ({
      ...line,
      quantity: line.quantity * 2,
    }));
    const content = { ...creditNote.content, lines };
    const { uid } = creditNote;
    const { context } = business;
    value(await call['invoices.updateDraft'](context, { uid, content }));
    const before = dumpHash(context);
    expect(refusals(await call['invoices.finalise'](context, { uid }))).toEqual([
      'lines.0.quantity exceeds_creditable',
      'lines.1.quantity exceeds_creditable',
      ' credit_exceeds_invoice',
    ]);
    expect(dumpHash(context)).toBe(before);
    const moved = { ...content, currency: 'USD' as typeof content.currency };
    const update = call['invoices.updateDraft'](context, { uid, content: moved });
    expect(refusals(await update)).toEqual(['currency fixed_by_corrected_invoice']);
  });

  it('comes with a copy when asked for one', async () => {
    const invoice = await issue();
    const { creditNote, copy } = value(
      await call['invoices.credit'](business.context, { uid: invoice.uid, alsoCopy: true }),
    );
    expect(creditNote.kind).toBe('credit_note');
    expect(copy).toMatchObject({ kind: 'invoice', number: null, correctsUid: null });
    expect(copy?.totals.total).toBe(invoice.totals.total);
  });

  it('is not made of drafts and of credit notes', async () => {
    const invoice = await issue();
    const { creditNote } = value(await credit(invoice.uid));
    expect(refusals(await credit(creditNote.uid))).toEqual([' credit_note_not_creditable']);
    const copy = value(await call['invoices.duplicate'](business.context, { uid: invoice.uid }));
    expect(refusals(await credit(copy.uid))).toEqual([' not_finalised']);
  });
});

describe('payments', () => {
  it('reduce the balance until it is paid, and never beyond', async () => {
    const { uid, totals } = await issue();
    value(await pay(uid, 10_000));
    expect(await view({ uid })).toMatchObject({
      status: 'partly_paid',
      balance: totals.total - 10_000,
    });
    const before = dumpHash(business.context);
    const tooMuch = await pay(uid, totals.total);
    expect(tooMuch).toMatchObject({
      error: {
        issues: [
          { field: 'amount', code: 'overpayment', params: { amount: totals.total - 10_000 } },
        ],
      },
    });
    expect(dumpHash(business.context)).toBe(before);
    const input = { invoiceUid: uid, method: 'card' } as const;
    const rest = value(await call['payments.markAsPaid'](business.context, input));
    expect(rest).toMatchObject({ amount: totals.total - 10_000, date: '2026-03-10' });
    expect(await view({ uid })).toMatchObject({ status: 'paid', balance: 0 });
    const again = call['payments.markAsPaid'](business.context, input);
    expect(refusals(await again)).toEqual(['invoiceUid already_paid']);
  });

  it('are undone by a record of their own, once', async () => {
    const { uid, totals } = await issue();
    const payment = value(await pay(uid, totals.total));
    const reversal = value(await call['payments.reverse'](business.context, { uid: payment.uid }));
    expect(reversal).toMatchObject({ amount: -totals.total, reverses: payment.uid });
    expect(await view({ uid })).toMatchObject({ status: 'sent', balance: totals.total });
    expect((await view({ uid })).payments).toEqual([payment, reversal]);
    const { context } = business;
    const before = dumpHash(context);
    const again = call['payments.reverse'](context, { uid: payment.uid });
    expect(refusals(await again)).toEqual(['uid already_reversed']);
    const back = call['payments.reverse'](context, { uid: reversal.uid });
    expect(refusals(await back)).toEqual(['uid reversal_not_reversible']);
    const unknown = call['payments.reverse'](context, { uid: newUid<PaymentUid>() });
    expect(refusals(await unknown)).toEqual(['not_found']);
    expect(dumpHash(context)).toBe(before);
  });

  it('are paid back after a credit note, at most what is owed', async () => {
    const invoice = await issue();
    const { uid, totals } = invoice;
    value(await pay(uid, totals.total));
    expect(refusals(await pay(uid, -1))).toEqual(['amount refund_exceeds_credit']);
    await finalise(value(await credit(uid)).creditNote);
    expect(await view({ uid })).toMatchObject({ status: 'credited', balance: -totals.total });
    expect(refusals(await pay(uid, -totals.total - 1))).toEqual(['amount refund_exceeds_credit']);
    value(await pay(uid, -totals.total));
    expect(await view({ uid })).toMatchObject({ status: 'credited', balance: 0 });
  });

  it('are refused on drafts and credit notes', async () => {
    const invoice = await issue();
    const { creditNote } = value(await credit(invoice.uid));
    expect(refusals(await pay(creditNote.uid, 1))).toEqual(['invoiceUid credit_note_not_payable']);
    const copy = value(await call['invoices.duplicate'](business.context, { uid: invoice.uid }));
    expect(refusals(await pay(copy.uid, 1))).toEqual(['invoiceUid not_finalised']);
  });
});
