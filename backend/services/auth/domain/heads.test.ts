import { describe, expect, it } from 'vitest';

import { hasNews } from './heads';

const head = (version: number, epoch = 'one') => ({ epoch, version });

describe('R71 a poll', () => {
  it.each([
    ['a collection that the device never pulled', { clients: head(1) }, {}],
    ['a newer version', { clients: head(3) }, { clients: head(2) }],
    ['another epoch, also with a lower version', { clients: head(1, 'two') }, { clients: head(9) }],
    ['one of many', { settings: head(1), sends: head(2) }, { settings: head(1), sends: head(1) }],
  ])('is answered for %s', (_, heads, known) => {
    expect(hasNews(heads, known)).toBe(true);
  });

  it.each([
    ['what is known', { clients: head(3) }, { clients: head(3) }],
    ['what was pulled before its event came', { clients: head(3) }, { clients: head(4) }],
    ['a collection that nobody has used', { clients: head(0) }, {}],
    ['what only the device knows', {}, { clients: head(4) }],
  ])('goes on waiting for %s', (_, heads, known) => {
    expect(hasNews(heads, known)).toBe(false);
  });
});
