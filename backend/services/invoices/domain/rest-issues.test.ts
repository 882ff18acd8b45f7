import { expect, it } from 'vitest';

import { issue } from '../../../../src/shared/domain/result';
import { restField, restIssue } from './rest-issues';

it('names fields as the contract does, also those that have its names already', () => {
  const fields = ['lines.0.unitPrice', 'clientUid', 'lines.2.lineUid', 'items.0.tax.rate', ''];
  expect(fields.map(restField)).toEqual([
    'items.0.unit_price',
    'client_id',
    'items.2.item_id',
    'items.0.tax.rate',
    '',
  ]);
});

it('tells amounts and quantities as decimals', () => {
  expect(restIssue(issue('amount', 'overpayment', { amount: 4_963, currency: 'EUR' }))).toEqual({
    field: 'amount',
    code: 'overpayment',
    params: { amount: 49.63, currency: 'EUR' },
  });
  expect(
    restIssue(issue('amount', 'overpayment', { amount: 4_963, currency: 'JPY' })),
  ).toMatchObject({ params: { amount: 4_963 } });
  expect(
    restIssue(issue('lines.0.quantity', 'exceeds_creditable', { quantity: 1_500 })),
  ).toMatchObject({ params: { quantity: 1.5 } });
});
