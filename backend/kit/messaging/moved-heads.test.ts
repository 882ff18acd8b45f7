import { expect, it } from 'vitest';

import { createMovedHeads, dataOf, joinMoved } from './moved-heads';

const occurredAt = new Date('2026-03-10T10:00:00.123Z');
let position = 0;

function moved(tenant: string, version: number, collection = 'invoices') {
  position += 1;
  const data = { collection, epoch: 'one', version };
  return { position, name: 'InvoicesMoved', tenant, occurredAt, data };
}

function other(tenant: string) {
  position += 1;
  return { position, name: 'InvoiceUpdated', tenant, occurredAt, data: {} };
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

it('lets collections of all businesses wait for the same moment', () => {
  let now = 0;
  const heads = createMovedHeads(() => now);
  heads.choose([moved('a', 1)], false);
  now = 300;
  heads.choose([moved('b', 1)], false);
  const waiting = [moved('a', 2), moved('b', 2)];
  expect(heads.choose(waiting, false)).toEqual({ told: [], superseded: [], lookAgainMs: 200 });
  now = 500;
  expect(heads.choose(waiting, false).told).toEqual(waiting);
});

it('tells all moves by one event, and everything else by one of its own', () => {
  const entries = [moved('a', 1), other('a'), moved('b', 3, 'sends'), other('a')];
  const [first, second, third, fourth] = entries;
  expect(joinMoved(entries)).toEqual([[second], [fourth], [first, third]]);
  const moved_at = '2026-03-10T10:00:00.123Z';
  expect(dataOf([entries[0], entries[2]].filter((one) => one !== undefined))).toEqual({
    heads: [
      { tenant: 'a', collection: 'invoices', epoch: 'one', version: 1, moved_at },
      { tenant: 'b', collection: 'sends', epoch: 'one', version: 3, moved_at },
    ],
  });
  expect(second && dataOf([second])).toEqual({});
});
