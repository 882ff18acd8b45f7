import { expect, it } from 'vitest';

import { settingsRecord } from '../../../../src/shared/contracts/sync/records';
import { taxCodesForNewBusiness } from '../../../../src/shared/domain/tax-presets';
import { newTaxCodes } from './business-record';

it('a business that begins in the cloud has the tax codes that one on a device has', () => {
  for (const country of ['ZZ', 'US', 'DE', 'PL']) {
    const records = newTaxCodes(country);
    expect(records).toMatchObject(taxCodesForNewBusiness(country, null));
    expect(records[0]).toMatchObject({ type: 'tax_code', category: 'outside_scope', rate: 0 });
    for (const record of records) expect(settingsRecord.parse(record)).toEqual(record);
  }
  expect(newTaxCodes('ZZ')).toHaveLength(1);
});
