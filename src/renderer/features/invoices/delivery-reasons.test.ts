import { expect, it } from 'vitest';

import { DELIVERY_REASONS } from '../../../shared/contracts/delivery-reasons';
import en from '../../i18n/en.json';

it('has words for every reason that the cloud gives, and for no other', () => {
  const worded = Object.keys(en.send.reason).filter((code) => code !== 'other');
  expect(worded.sort()).toEqual([...DELIVERY_REASONS].sort());
});
