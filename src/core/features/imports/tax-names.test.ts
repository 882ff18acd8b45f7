import { expect, it } from 'vitest';

import { value } from '../documents/testing/builders';
import { openTestBusiness } from '../../testing/open-test-business';
import { taxCodeUseCases } from '../settings/tax-code-use-cases';
import { openImport, runToEnd } from './testing/import-file';

const PRODUCTS = 'Name,Unit price,Tax rate\nDesign,120.00,7.7\nHosting,9.00,0\n';

it.each([
  ['GB', 'No tax', 'Tax 7.7 %'],
  ['DE', 'Keine Steuer', 'Steuer 7,7 %'],
  ['FR', 'Sans TVA', 'TVA 7,7 %'],
  ['PL', 'Bez podatku', 'VAT 7,7 %'],
])(
  'taxes without a name are called in the language of a business of %s',
  async (country, none, rated) => {
    const business = openTestBusiness({ country, tax: null });
    try {
      const { context } = business;
      const preview = await openImport(context, 'products', PRODUCTS);
      expect(preview.sample.map(({ values }) => values['taxName'])).toEqual([rated, none]);
      const report = await runToEnd(context, preview);
      expect(report).toMatchObject({ created: 2, refused: 0 });
      const codes = value(
        await taxCodeUseCases['taxCodes.list'](context, { includeArchived: false }),
      );
      const names = codes.map(({ name }) => name);
      expect(names).toContain(rated);
      expect(names.filter((name) => name === none)).toHaveLength(1);
    } finally {
      business.close();
    }
  },
);
