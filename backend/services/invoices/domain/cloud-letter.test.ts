import { expect, it } from 'vitest';

import { seriesRecord } from '../../../../src/shared/contracts/sync/records';
import { CLOUD_LETTER } from '../../../../src/shared/domain/number-series';
import { cloudLetterAfter } from './cloud-letter';

it('R64 gives the cloud a new letter after each restore, and never one of a device', () => {
  const letters = [CLOUD_LETTER];
  for (let count = 0; count < 500; count += 1) letters.push(cloudLetterAfter(letters.at(-1) ?? ''));
  expect(letters.slice(0, 3)).toEqual(['C', 'CB', 'CD']);
  expect(new Set(letters).size).toBe(letters.length);
  for (const letter of letters) {
    expect(letter.startsWith(CLOUD_LETTER)).toBe(true);
    expect(seriesRecord.shape.letter.safeParse(letter).success).toBe(true);
  }
  expect(() => cloudLetterAfter('CZZ')).toThrow('all letters');
});
