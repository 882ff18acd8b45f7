import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { MethodInput } from '../../../shared/contracts/app-api';
import type { TaxCodeUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import { createCaller, type Call } from '../../testing/caller';
import { contentHash } from '../../testing/content-hash';
import { openTestBusiness, type TestBusiness } from '../../testing/open-test-business';
import { refusals, value } from '../documents/testing/builders';
import { taxCodeUseCases } from './tax-code-use-cases';

type Input = MethodInput<'taxCodes.create'>['taxCode'];

let business: TestBusiness;
let call: Call<keyof typeof taxCodeUseCases>;

beforeEach(() => {
  business = openTestBusiness({ country: 'GB', currency: 'GBP', tax: null });
  call = createCaller(business.context, taxCodeUseCases);
});
afterEach(() => business.close());

function aTaxCode(overrides: Partial<Input> = {}): Input {
  return { name: 'VAT 20 %', category: 'standard', rate: 20_000, reasons: {}, ...overrides };
}

async function create(overrides: Partial<Input> = {}) {
  return value(await call('taxCodes.create', { taxCode: aTaxCode(overrides) }));
}

async function names(includeArchived = false): Promise<string[]> {
  return value(await call('taxCodes.list', { includeArchived })).map(({ name }) => name);
}

describe('tax codes', () => {
  it('follow "No tax" in the order they were made', async () => {
    const created = await create({ rate: 8_875 });
    await create({ name: 'Reverse charge', category: 'reverse_charge', rate: 0 });
    expect(await names()).toEqual(['No tax', 'VAT 20 %', 'Reverse charge']);
    expect(value(await call('taxCodes.list', {}))[1]).toEqual(created);
  });

  it('leave the list when archived and come back', async () => {
    const { uid } = await create();
    value(await call('taxCodes.archive', { uid }));
    expect(await names()).toEqual(['No tax']);
    expect(await names(true)).toEqual(['No tax', 'VAT 20 %']);
    value(await call('taxCodes.unarchive', { uid }));
    expect(await names()).toEqual(['No tax', 'VAT 20 %']);
  });

  it('may take the name of an archived one, which then stays archived', async () => {
    const { uid } = await create();
    value(await call('taxCodes.archive', { uid }));
    await create({ name: 'vat 20 %' });
    const result = await call('taxCodes.unarchive', { uid });
    expect(refusals(result)).toEqual(['uid tax_name_taken']);
  });

  it('write nothing when nothing changed', async () => {
    const { uid } = await create();
    const before = contentHash(business.context.replica);
    value(await call('taxCodes.update', { uid, taxCode: aTaxCode() }));
    value(await call('taxCodes.unarchive', { uid }));
    expect(contentHash(business.context.replica)).toBe(before);
  });

  it('change with their reasons', async () => {
    const { uid } = await create();
    const taxCode = aTaxCode({
      category: 'exempt',
      rate: 0,
      reasons: { en: 'Exempt', de: 'Frei' },
    });
    expect(value(await call('taxCodes.update', { uid, taxCode }))).toMatchObject(taxCode);
    expect(value(await call('taxCodes.list', {}))[1]).toMatchObject(taxCode);
  });
});

describe('refusals of tax codes', () => {
  it.each<[string, (uid: TaxCodeUid) => ReturnType<typeof call>, string]>([
    [
      'a name in use',
      () => call('taxCodes.create', { taxCode: aTaxCode({ name: 'VÁT 20 %' }) }),
      'taxCode.name tax_name_taken',
    ],
    [
      'a change to a name in use',
      (uid) => call('taxCodes.update', { uid, taxCode: aTaxCode({ name: 'No tax' }) }),
      'taxCode.name tax_name_taken',
    ],
    [
      'a standard rate of nothing',
      () => call('taxCodes.create', { taxCode: aTaxCode({ name: 'Other', rate: 0 }) }),
      'taxCode.rate tax_rate_required',
    ],
    [
      'a rate on what has none',
      () => call('taxCodes.create', { taxCode: aTaxCode({ name: 'Other', category: 'exempt' }) }),
      'taxCode.rate tax_rate_not_allowed',
    ],
    [
      'a code that is not there',
      () => call('taxCodes.archive', { uid: newUid<TaxCodeUid>() }),
      'not_found',
    ],
  ])('%s changes nothing', async (_case, refused, reason) => {
    const { uid } = await create();
    const before = contentHash(business.context.replica);
    expect(refusals(await refused(uid))).toEqual([reason]);
    expect(contentHash(business.context.replica)).toBe(before);
  });

  it('archiving the last one: every line needs a tax', async () => {
    const [last] = value(await call('taxCodes.list', {}));
    const result = await call('taxCodes.archive', { uid: last?.uid ?? newUid<TaxCodeUid>() });
    expect(refusals(result)).toEqual(['uid last_tax_code']);
  });
});
