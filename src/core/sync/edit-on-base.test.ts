import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { businessInput } from '../../shared/domain/business';
import { productInput } from '../../shared/domain/product';
import { dataOf, openAttention } from './attention';
import { createCaller, type Call } from '../testing/caller';
import type { TestBusiness } from '../testing/open-test-business';
import { openTestBusiness } from '../testing/open-test-business';
import { clientUseCases } from '../features/clients/client-use-cases';
import { aClient } from '../features/clients/testing/client-input';
import { businessUseCases } from '../businesses/business-use-cases';
import { invoiceUseCases } from '../features/invoices/invoice-use-cases';
import { orderUseCases } from '../features/orders/order-use-cases';
import { seriesUseCases } from '../numbering/series-use-cases';
import { productUseCases } from '../features/products/product-use-cases';
import { taxCodeUseCases } from '../features/settings/tax-code-use-cases';
import { aLine, createClient, value } from '../features/documents/testing/builders';

const useCases = {
  ...invoiceUseCases,
  ...orderUseCases,
  ...clientUseCases,
  ...productUseCases,
  ...taxCodeUseCases,
  ...businessUseCases,
  ...seriesUseCases,
};

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

  it('R37 is told of one conflict by somebody who types on, and so are the screens', async () => {
    const { uid, base } = await draft();
    const write = (notes: string, before: string) =>
      call('invoices.updateDraft', {
        uid,
        content: { ...base, notes },
        base: { ...base, notes: before },
      });
    value(await write('Theirs', 'Before'));
    business.events.length = 0;
    value(await write('Mine', 'Before'));
    expect(business.events).toEqual([{ event: 'changed', collections: ['invoices'] }]);
    value(await write('Mine, typed', 'Mine'));
    const saved = value(await write('Mine, typed on', 'Mine, typed'));
    expect(saved.content.notes).toBe('Theirs');
    expect(conflicts()).toEqual([
      [{ path: 'notes', base: 'Before', mine: 'Mine, typed on', theirs: 'Theirs' }],
    ]);
    // Another window, which has seen neither, has a wish of its own.
    value(await write('A third', 'Before'));
    expect(conflicts()).toMatchObject([[{ mine: 'A third' }], [{ mine: 'Mine, typed on' }]]);
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

describe('a form whose record changes elsewhere before it is saved', () => {
  it('R72 of a client saves only what was typed into it', async () => {
    const { client } = value(await call('clients.create', { client: aClient() }));
    const { uid } = client;
    const base = aClient();
    const theirs = aClient({ email: 'new@acme.test', notes: 'Theirs' });
    value(await call('clients.update', { uid, client: theirs, base }));
    const typed = aClient({ phone: '555 0100', notes: 'Mine' });
    const saved = value(await call('clients.update', { uid, client: typed, base }));
    expect(saved.client).toMatchObject({
      email: 'new@acme.test',
      phone: '555 0100',
      notes: 'Theirs',
    });
    expect(conflicts()).toEqual([[{ path: 'notes', base: '', mine: 'Mine', theirs: 'Theirs' }]]);
  });

  it('R72 of a product does not put a price into a currency that it was not typed in', async () => {
    const base = productInput.parse({
      code: '',
      name: 'Work',
      unit: 'h',
      unitPrice: 1_000_000,
      currency: 'EUR',
      taxCodeUid: null,
    });
    const { uid } = value(await call('products.create', { product: base }));
    const currency = 'USD' as typeof base.currency;
    value(await call('products.update', { uid, product: { ...base, currency }, base }));
    const typed = { ...base, unit: 'day', unitPrice: 8_000_000 };
    const saved = value(await call('products.update', { uid, product: typed, base }));
    expect(saved).toMatchObject({ currency, unit: 'day', unitPrice: 1_000_000 });
    expect(conflicts()).toMatchObject([[{ path: 'unitPrice', mine: 8_000_000 }]]);
  });

  it('R72 of a tax code saves only what was typed into it', async () => {
    const base = { name: 'VAT 20 %', category: 'standard' as const, rate: 20_000, reasons: {} };
    const { uid } = value(await call('taxCodes.create', { taxCode: base }));
    value(await call('taxCodes.update', { uid, taxCode: { ...base, rate: 21_000 }, base }));
    const typed = { ...base, name: 'VAT' };
    const saved = value(await call('taxCodes.update', { uid, taxCode: typed, base }));
    expect(saved).toMatchObject({ name: 'VAT', rate: 21_000 });
  });

  it('R72 of a number series saves only what was typed into it', async () => {
    const [series] = value(await call('series.list', {}));
    if (series === undefined) throw new Error('no series');
    const { uid, pattern, resetsYearly } = series;
    const base = { pattern, resetsYearly };
    const write = (typed: Partial<typeof base>) =>
      call('series.update', { uid, start: 1, ...base, ...typed, base });
    value(await write({ resetsYearly: !resetsYearly, pattern: 'A-{YYYY}-{0000}' }));
    // Neither of the two who look at the old pattern takes the other's.
    const saved = value(await write({ pattern: 'B-{YYYY}-{0000}' }));
    expect(saved).toMatchObject({ pattern: 'A-{YYYY}-{0000}', resetsYearly: !resetsYearly });
    expect(conflicts()).toEqual([
      [{ path: 'pattern', base: pattern, mine: 'B-{YYYY}-{0000}', theirs: 'A-{YYYY}-{0000}' }],
    ]);
  });

  it('R72 of the business saves only what was typed into it', async () => {
    const before = value(await call('businesses.get', {}));
    const base = businessInput.parse(before);
    const theirs = { ...base, website: 'acme.test', phone: '1' };
    value(await call('businesses.update', { business: theirs, base }));
    const typed = { ...base, legalName: 'Acme Holding Ltd', phone: '2' };
    const saved = value(await call('businesses.update', { business: typed, base }));
    expect(saved).toMatchObject({
      website: 'acme.test',
      legalName: 'Acme Holding Ltd',
      phone: '1',
    });
    expect(conflicts()).toMatchObject([[{ path: 'phone', mine: '2', theirs: '1' }]]);
  });
});
