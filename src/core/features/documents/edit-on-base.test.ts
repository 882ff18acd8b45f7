import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { dataOf, openAttention } from '../../sync/attention';
import { createCaller, type Call } from '../../testing/caller';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { invoiceUseCases } from '../invoices/invoice-use-cases';
import { orderUseCases } from '../orders/order-use-cases';
import { aLine, createClient, value } from './testing/builders';

const useCases = { ...invoiceUseCases, ...orderUseCases };

let business: TestBusiness;
let call: Call<keyof typeof useCases>;

beforeEach(() => {
  business = openTestBusiness();
  call = createCaller(business.context, useCases);
});
afterEach(() => business.close());

const conflicts = () =>
  business.context.replica
    .read(openAttention)
    .filter(({ kind }) => kind === 'conflict')
    .map((row) => dataOf('conflict', row).fields);

async function draft() {
  const clientUid = createClient(business.context);
  const blank = value(await call('invoices.blank', { clientUid }));
  const lines = [aLine(), aLine({ description: 'Travel' })];
  const made = value(
    await call('invoices.createDraft', { content: { ...blank, notes: 'Before', lines } }),
  );
  return { uid: made.uid, base: made.content };
}

describe('a draft that changes elsewhere while somebody types', () => {
  it('R30 keeps what came and takes what was typed, each line by itself', async () => {
    const { uid, base } = await draft();
    const [first, second] = base.lines;
    const elsewhere = {
      ...base,
      notes: 'Theirs',
      lines: [{ ...first!, quantity: 7_000 }, second!],
    };
    value(await call('invoices.updateDraft', { uid, content: elsewhere, base }));
    const typed = {
      ...base,
      buyerReference: 'PO 7',
      lines: [first!, { ...second!, description: 'Train' }],
    };
    const saved = value(await call('invoices.updateDraft', { uid, content: typed, base }));
    expect(saved.content).toMatchObject({
      notes: 'Theirs',
      buyerReference: 'PO 7',
      lines: [{ quantity: 7_000 }, { description: 'Train' }],
    });
    expect(conflicts()).toEqual([]);
  });

  it('R31 shows both values of a field that both changed', async () => {
    const { uid, base } = await draft();
    value(await call('invoices.updateDraft', { uid, content: { ...base, notes: 'Theirs' }, base }));
    const typed = { ...base, notes: 'Mine', buyerReference: 'PO 7' };
    const saved = value(await call('invoices.updateDraft', { uid, content: typed, base }));
    expect(saved.content).toMatchObject({ notes: 'Theirs', buyerReference: 'PO 7' });
    expect(conflicts()).toEqual([
      [{ path: 'notes', base: 'Before', mine: 'Mine', theirs: 'Theirs' }],
    ]);
  });

  it('R32 does not put a price into a currency that it was not typed in', async () => {
    const { uid, base } = await draft();
    const currency = 'USD' as typeof base.currency;
    const elsewhere = { ...base, currency, exchangeRate: null };
    value(await call('invoices.updateDraft', { uid, content: elsewhere, base }));
    const [first, second] = base.lines;
    const typed = { ...base, lines: [{ ...first!, unitPrice: 9_000_000 }, second!] };
    const saved = value(await call('invoices.updateDraft', { uid, content: typed, base }));
    expect(saved.content).toMatchObject({ currency, lines: [first, second] });
    expect(conflicts()).toMatchObject([[{ path: `lines.${first?.uid ?? ''}` }]]);
  });
});

describe('an order that changes elsewhere while somebody types', () => {
  it('R30 keeps what came and takes what was typed', async () => {
    const content = {
      clientUid: createClient(business.context),
      currency: 'EUR' as never,
      orderDate: '2026-03-10' as never,
      buyerReference: '',
      notes: '',
      pricesIncludeTax: false,
      discount: null,
      lines: [aLine()],
    };
    const { uid, content: base } = value(await call('orders.create', { content }));
    value(await call('orders.update', { uid, content: { ...base, notes: 'Theirs' }, base }));
    const typed = { ...base, buyerReference: 'PO 7' };
    const saved = value(await call('orders.update', { uid, content: typed, base }));
    expect(saved.content).toMatchObject({ notes: 'Theirs', buyerReference: 'PO 7' });
  });
});
