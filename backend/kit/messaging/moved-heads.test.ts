import { expect, it } from 'vitest';

import { createMovedHeads } from './moved-heads';

let position = 0;

function moved(tenant: string, version: number, collection = 'invoices') {
  position += 1;
  return { position, name: 'InvoicesMoved', tenant, data: { collection, epoch: 'one', version } };
}

function other(tenant: string) {
  position += 1;
  return { position, name: 'InvoiceUpdated', tenant, data: {} };
}

it('tells the newest of many moves of a collection, and everything else in its order', () => {
  const entries = [moved('a', 1), other('a'), moved('b', 1), moved('a', 2), moved('a', 1, 'sends')];
  const [first, second, third, fourth, fifth] = entries;
  const choice = createMovedHeads(() => 0).choose(entries, false);
  expect(choice.told).toEqual([second, third, fourth, fifth]);
  expect(choice.superseded).toEqual([first]);
  expect(choice.lookAgainMs).toBeNull();
});

it('tells a move at once, and those that follow soon a little later, by the last', () => {
  let now = 0;
  const heads = createMovedHeads(() => now);
  expect(heads.choose([moved('a', 1)], false).told).toHaveLength(1);
  now = 100;
  const waiting = [moved('a', 2), other('a')];
  expect(heads.choose(waiting, false)).toEqual({
    told: [waiting[1]],
    superseded: [],
    lookAgainMs: 400,
  });
  now = 500;
  const later = [...waiting.slice(0, 1), moved('a', 3)];
  expect(heads.choose(later, false)).toEqual({
    told: [later[1]],
    superseded: [later[0]],
    lookAgainMs: null,
  });
});

it('holds nothing back when more waits than is looked at', () => {
  const heads = createMovedHeads(() => 0);
  heads.choose([moved('a', 1)], false);
  const next = moved('a', 2);
  expect(heads.choose([next], true)).toEqual({ told: [next], superseded: [], lookAgainMs: null });
});
