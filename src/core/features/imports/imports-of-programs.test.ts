import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ImportKind, ImportReport } from '../../../shared/contracts/app-api/imports';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { clientUseCases } from '../clients/client-use-cases';
import { invoiceUseCases } from '../invoices/invoice-use-cases';
import { productUseCases } from '../products/product-use-cases';
import { dump, fixture, importFile, openImport, valueOf } from './testing/import-file';

let business: TestBusiness;

beforeEach(() => {
  business = openTestBusiness({
    country: 'GB',
    currency: 'GBP',
    timeZone: 'Europe/London',
    tax: { name: 'VAT 20 %', rate: 20_000 },
  });
});
afterEach(() => business.close());

function run(kind: ImportKind, name: string): Promise<ImportReport> {
  return importFile(business.context, kind, fixture(name));
}

async function clients() {
  const { rows } = valueOf(
    await clientUseCases['clients.list'](business.context, {
      limit: 50,
      shelf: 'active',
      sort: { by: 'name', direction: 'asc' },
    }),
  );
  return Promise.all(
    rows.map(async ({ uid }) =>
      valueOf(await clientUseCases['clients.get'](business.context, { uid })),
    ),
  );
}

async function products() {
  const { rows } = valueOf(
    await productUseCases['products.list'](business.context, {
      limit: 50,
      shelf: 'active',
      sort: { by: 'name', direction: 'asc' },
    }),
  );
  return rows;
}

async function invoices() {
  const { rows } = valueOf(
    await invoiceUseCases['invoices.list'](business.context, {
      limit: 50,
      sort: { by: 'number', direction: 'asc' },
    }),
  );
  return rows;
}

async function invoice(number: string | null) {
  const row = (await invoices()).find((candidate) => candidate.number === number);
  if (!row) throw new Error(`no invoice ${number}`);
  return valueOf(await invoiceUseCases['invoices.get'](business.context, { uid: row.uid }));
}

describe.each([
  ['quickbooks', 3, 3, 3],
  ['xero', 2, 2, 4],
  ['freshbooks', 2, 2, 2],
  ['zoho', 2, 2, 3],
  ['stripe', 2, 2, 3],
] as const)('exports of %s', (program, clientCount, productCount, invoiceCount) => {
  const counts = { clients: clientCount, products: productCount, invoices: invoiceCount };

  it.each(['clients', 'products', 'invoices'] as const)('are recognised: %s', async (kind) => {
    const preview = await openImport(business.context, kind, fixture(`${program}-${kind}`));
    expect(preview.preset).toBe(program);
    expect(preview.questions).toEqual([]);
    expect(preview.sample.flatMap((row) => row.issues).map((found) => found.code)).toEqual(
      kind === 'invoices' && ['xero', 'zoho', 'stripe'].includes(program) ? ['invoice_void'] : [],
    );
  });

  it.each(['clients', 'products', 'invoices'] as const)(
    'come in whole, and a second time change nothing: %s',
    async (kind) => {
      const first = await run(kind, `${program}-${kind}`);
      expect(first).toMatchObject({ state: 'done', created: counts[kind], unchanged: 0 });
      const before = dump(business.context);
      const second = await run(kind, `${program}-${kind}`);
      expect(second).toMatchObject({
        state: 'done',
        created: 0,
        unchanged: counts[kind],
        refused: first.refused,
      });
      expect(dump(business.context)).toBe(before);
    },
  );
});

describe('clients', () => {
  it('of QuickBooks keep address, person and further e-mail addresses', async () => {
    await run('clients', 'quickbooks-clients');
    expect(await clients()).toMatchObject([
      { name: 'Acme Ltd', contactName: '', address: { country: 'GB', postalCode: 'LS1 4AB' } },
      { name: 'Harbour Bakery', contactName: 'Jordan Bell' },
      {
        name: 'Northwind Traders',
        email: 'ap@northwind.example',
        notes: 'office@northwind.example',
        address: { line1: '55 Market Square', city: 'Boston', region: 'MA', country: 'US' },
      },
    ]);
  });

  it('of Zoho keep terms, currency and VAT number', async () => {
    await run('clients', 'zoho-clients');
    expect(await clients()).toMatchObject([
      { terms: { kind: 'net_days', days: 30 }, currency: 'GBP', vatNumber: 'GB123456789' },
      {
        name: 'Zażółć sp. z o.o.',
        phone: '+48 500 000 000',
        terms: { kind: 'on_receipt' },
        address: { city: 'Łódź', country: 'PL' },
      },
    ]);
  });

  it('without a company are called by their person, else by their e-mail', async () => {
    await run('clients', 'freshbooks-clients');
    await run('clients', 'stripe-clients');
    expect((await clients()).map((client) => client.name)).toEqual([
      'Acme Ltd',
      'Dana Moss',
      'solo@maker.example',
    ]);
  });
});

describe('products', () => {
  it('keep code, price, currency, unit and tax', async () => {
    await run('products', 'zoho-products');
    await run('products', 'stripe-products');
    expect(await products()).toMatchObject([
      {
        name: 'Design hour',
        code: 'DH-1',
        unit: 'hrs',
        unitPrice: 850_000,
        currency: 'GBP',
        taxName: 'VAT 20 %',
      },
      { name: 'Poster A2', unitPrice: 145_000 },
      { name: 'Setup', unitPrice: 1_500_000, currency: 'EUR', taxName: null },
      { name: 'Team plan', unitPrice: 299_000 },
    ]);
  });
});

describe('invoices', () => {
  it('of QuickBooks keep their lines, terms and taxes', async () => {
    await run('invoices', 'quickbooks-invoices');
    const { invoice: first } = await invoice('QB-1001');
    expect(first).toMatchObject({
      isImported: true,
      sequence: null,
      totals: { net: 28_750, tax: 5_750, total: 34_500 },
      content: { issueDate: '2026-01-13', dueDate: '2026-02-12', terms: { days: 30 } },
    });
    expect(first.content.lines).toMatchObject([
      {
        description: 'Bookkeeping\nMonthly bookkeeping',
        quantity: 1_000,
        tax: { name: 'VAT 20 %' },
      },
      { quantity: 3_000, unitPrice: 125_000 },
    ]);
    expect((await invoice('QB-1003')).invoice).toMatchObject({
      content: { currency: 'USD', lines: [{ tax: { category: 'outside_scope', rate: 0 } }] },
      totals: { total: 50_000 },
    });
  });

  it('of a QuickBooks report leave out titles, totals and other transactions', async () => {
    const report = await run('invoices', 'quickbooks-invoice-list');
    expect(report).toMatchObject({
      created: 3,
      refused: 1,
      refusedRows: [{ line: 8, issues: [{ code: 'not_an_invoice' }] }],
    });
    expect(await invoices()).toMatchObject([
      { number: '2001', status: 'paid', total: 128_750, balance: 0 },
      { number: '2002', status: 'overdue', total: 72_000, balance: 22_000 },
      { number: 'CM-1', kind: 'credit_note', total: -2_000 },
    ]);
  });

  it('of Xero keep states, discounts, gross prices and credit notes', async () => {
    await run('invoices', 'xero-invoices');
    expect(await invoices()).toMatchObject(
      [
        { number: null, status: 'draft', total: 2_400 },
        { number: 'CN-0005', kind: 'credit_note', total: -2_400, balance: 0 },
        { number: 'INV-0041', status: 'paid', total: 11_695 },
        { number: 'INV-0042', status: 'overdue', total: 6_000, balance: 3_500 },
      ].toSorted((a, b) => (a.number ?? '').localeCompare(b.number ?? '')),
    );
    const { invoice: first } = await invoice('INV-0041');
    expect(first).toMatchObject({
      totals: { net: 9_828, tax: 1_867, total: 11_695 },
      content: {
        buyerReference: 'PO 7781',
        lines: [
          { discount: { kind: 'percent', percent: 10_000 } },
          {},
          { tax: { category: 'zero' } },
        ],
      },
    });
    const { invoice: second, payments } = await invoice('INV-0042');
    expect(second).toMatchObject({
      content: { pricesIncludeTax: true },
      totals: { net: 5_000, tax: 1_000, total: 6_000 },
    });
    expect(payments).toMatchObject([{ amount: 2_500, date: '2026-02-19', reverses: null }]);
  });

  it('of FreshBooks join two taxes to one and read American dates', async () => {
    await run('invoices', 'freshbooks-invoices');
    const { invoice: first, payments } = await invoice('0000101');
    expect(first).toMatchObject({
      totals: { total: 90_945 },
      content: { issueDate: '2026-01-15', currency: 'CAD' },
    });
    expect(first.content.lines[0]?.tax).toMatchObject({ rate: 14_975, name: 'GST + QST' });
    expect(payments).toMatchObject([{ date: '2026-02-10', amount: 90_945 }]);
  });

  it('of Zoho keep document discounts, shipping, inclusive prices and exchange rates', async () => {
    await run('clients', 'zoho-clients');
    await run('invoices', 'zoho-invoices');
    expect((await clients()).length).toBe(2);
    expect((await invoice('ZI-000001')).payments).toMatchObject([{ date: '2026-02-05' }]);
    expect((await invoice('ZI-000002')).invoice).toMatchObject({
      totals: { total: 18_860, tax: 3_060 },
    });
    expect((await invoice('ZI-000003')).invoice).toMatchObject({
      totals: { net: 10_000, tax: 2_300, total: 12_300 },
      content: {
        pricesIncludeTax: true,
        exchangeRate: { to: 'GBP', rate: 200_000_000 },
      },
    });
  });

  it('of Stripe take the day in the zone of the business and leave void ones out', async () => {
    const report = await run('invoices', 'stripe-invoices');
    expect(report.refusedRows).toMatchObject([{ line: 4, issues: [{ code: 'invoice_void' }] }]);
    const { invoice: first, payments } = await invoice('AC-0001');
    expect(first).toMatchObject({
      totals: { net: 9_000, tax: 1_710, total: 10_710 },
      content: { discount: { kind: 'amount', amount: 1_000 } },
    });
    expect(payments).toMatchObject([{ date: '2026-01-20', amount: 10_710 }]);
    expect((await invoice('AC-0002')).invoice.content.issueDate).toBe('2026-01-31');
    expect((await invoice(null)).invoice).toMatchObject({ isImported: false, finalisedAt: null });
  });
});
