import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ProductUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { ProductInput } from '../../../shared/domain/product';
import { productInput } from '../../../shared/domain/product';
import { encodeCursor } from '../../listing/pages';
import { walkPages } from '../../listing/testing/walk-pages';
import { createCaller, type Call } from '../../testing/caller';
import { contentHash } from '../../testing/content-hash';
import { openTestBusiness, type TestBusiness } from '../../testing/open-test-business';
import { queryPlans } from '../../testing/query-plans';
import { refusals, value } from '../documents/testing/builders';
import { reportUseCases } from '../reports/report-use-cases';
import { taxCodeUseCases } from '../settings/tax-code-use-cases';
import { productUseCases } from './product-use-cases';

const useCases = { ...productUseCases, ...taxCodeUseCases, ...reportUseCases };

let business: TestBusiness;
let call: Call<keyof typeof useCases>;

beforeEach(() => {
  let seconds = 0;
  business = openTestBusiness({}, { now: () => new Date(Date.UTC(2026, 2, 10, 10, 0, seconds++)) });
  call = createCaller(business.context, useCases);
});
afterEach(() => business.close());

function aProduct(overrides: Partial<Record<keyof ProductInput, unknown>> = {}): ProductInput {
  return productInput.parse({
    code: '',
    name: 'Consulting',
    unit: 'h',
    unitPrice: 1_200_000,
    currency: 'EUR',
    taxCodeUid: null,
    ...overrides,
  });
}

async function create(overrides: Parameters<typeof aProduct>[0] = {}) {
  return value(await call('products.create', { product: aProduct(overrides) }));
}

async function names(input: Parameters<typeof call<'products.list'>>[1] = {}): Promise<string[]> {
  return value(await call('products.list', input)).rows.map(({ name }) => name);
}

async function actions(uid: string): Promise<string[]> {
  const entries = value(await call('activity.ofRecord', { collection: 'products', uid }));
  return entries.map(({ action }) => action).toReversed();
}

describe('products', () => {
  it('are kept, changed, archived, deleted and brought back', async () => {
    const product = await create({ code: 'C-1' });
    const { uid } = product;
    expect(value(await call('products.get', { uid }))).toEqual(product);
    const dearer = value(
      await call('products.update', { uid, product: aProduct({ code: 'C-1', unitPrice: 1 }) }),
    );
    expect(dearer.unitPrice).toBe(1);
    value(await call('products.archive', { uids: [uid] }));
    expect(await names()).toEqual([]);
    expect(await names({ shelf: 'archived' })).toEqual(['Consulting']);
    value(await call('products.unarchive', { uids: [uid] }));
    value(await call('products.delete', { uid }));
    expect(await names({ search: 'consulting' })).toEqual([]);
    expect(value(await call('products.restore', { uid }))).toMatchObject({ deletedAt: null });
    expect(await names({ search: 'C-1' })).toEqual(['Consulting']);
    expect(await actions(uid)).toEqual([
      'created',
      'edited',
      'archived',
      'unarchived',
      'deleted',
      'restored',
    ]);
  });

  it('write nothing when nothing changed', async () => {
    const { uid } = await create();
    const before = contentHash(business.context.replica);
    value(await call('products.update', { uid, product: aProduct() }));
    value(await call('products.unarchive', { uids: [uid] }));
    value(await call('products.restore', { uid }));
    expect(contentHash(business.context.replica)).toBe(before);
  });

  it('keep their code to themselves, whatever its case', async () => {
    const { uid } = await create({ code: 'C-1', name: 'First' });
    const taken = await call('products.create', { product: aProduct({ code: 'c-1' }) });
    expect(taken).toEqual({
      ok: false,
      error: {
        kind: 'refused',
        issues: [
          {
            field: 'product.code',
            code: 'product_code_taken',
            params: { code: 'c-1', name: 'First' },
          },
        ],
      },
    });
    value(await call('products.update', { uid, product: aProduct({ code: 'c-1' }) }));
    await create();
    await create();
  });

  it('do not come back to a code that another has by now', async () => {
    const { uid } = await create({ code: 'C-1' });
    value(await call('products.delete', { uid }));
    await create({ code: 'C-1' });
    expect(refusals(await call('products.restore', { uid }))).toEqual(['uid product_code_taken']);
  });
});

describe('refusals of products', () => {
  it.each<[string, (uid: ProductUid) => ReturnType<typeof call>, string[]]>([
    [
      'a taken code and an unknown tax code',
      () => call('products.create', { product: aProduct({ code: 'C-1', taxCodeUid: newUid() }) }),
      ['product.code product_code_taken', 'product.taxCodeUid tax_code_unknown'],
    ],
    [
      'a product that is not there',
      () => call('products.update', { uid: newUid<ProductUid>(), product: aProduct() }),
      ['not_found'],
    ],
    [
      'archiving several of which one is not there',
      (uid) => call('products.archive', { uids: [uid, newUid<ProductUid>()] }),
      ['not_found'],
    ],
  ])('%s change nothing', async (_case, refused, reasons) => {
    const { uid } = await create({ code: 'C-1' });
    const before = contentHash(business.context.replica);
    expect(refusals(await refused(uid))).toEqual(reasons);
    expect(contentHash(business.context.replica)).toBe(before);
  });

  it('a change of a deleted product', async () => {
    const { uid } = await create();
    value(await call('products.delete', { uid }));
    const result = await call('products.update', { uid, product: aProduct() });
    expect(refusals(result)).toEqual(['uid deleted']);
  });
});

describe('the list of products', () => {
  it('sorts by each column, both ways, in pages without gap or double', async () => {
    await create({ name: 'Café', code: 'b', unitPrice: 30 });
    await create({ name: 'Água', code: 'A', unitPrice: 10 });
    await create({ name: 'brot', code: '', unitPrice: 20 });
    await create({ name: 'Apfel', code: 'B2', unitPrice: 10 });
    for (const [by, expected] of [
      ['name', ['Água', 'Apfel', 'brot', 'Café']],
      ['code', ['brot', 'Água', 'Café', 'Apfel']],
      ['unitPrice', ['Água', 'Apfel', 'brot', 'Café']],
      ['createdAt', ['Café', 'Água', 'brot', 'Apfel']],
    ] as const) {
      for (const direction of ['asc', 'desc'] as const) {
        const rows = await walkPages(1, async (request) =>
          value(await call('products.list', { ...request, sort: { by, direction } })),
        );
        expect(rows.map(({ name }) => name)).toEqual(
          direction === 'asc' ? expected : expected.toReversed(),
        );
      }
    }
    expect(value(await call('products.count', {}))).toEqual({ count: 4 });
    expect(value(await call('products.count', { search: 'cafe' }))).toEqual({ count: 1 });
  });

  it('names the tax', async () => {
    const [taxCode] = value(await call('taxCodes.list', {}));
    await create({ taxCodeUid: taxCode?.uid });
    await create({ name: 'Without' });
    const { rows } = value(await call('products.list', {}));
    expect(rows.map(({ taxName }) => taxName)).toEqual(['Keine Steuer', null]);
  });

  it.each([
    ['name', 'products_by_name'],
    ['code', 'products_by_code'],
    ['unitPrice', 'products_by_price'],
    ['createdAt', 'products_by_age'],
  ] as const)('reads a page by %s from an index', async (by, index) => {
    for (const direction of ['asc', 'desc'] as const) {
      for (const cursor of [
        undefined,
        encodeCursor(`${by} ${direction}`, { id: 1, sortKey: '' }),
      ]) {
        const plans = await queryPlans(business.context.replica, () =>
          call('products.list', { sort: { by, direction }, cursor }),
        );
        expect(plans[0]?.[0]).toContain(`SEARCH products USING INDEX ${index} (<expr>=?`);
        expect(plans[0]?.join()).not.toMatch(/SCAN|TEMP B-TREE/);
      }
    }
  });

  it('checks a code with an index', async () => {
    const plans = await queryPlans(business.context.replica, () => create({ code: 'C-1' }));
    expect(plans.flat()).toContainEqual(
      expect.stringContaining('SEARCH products USING INDEX products_with_code (code=?'),
    );
  });
});
