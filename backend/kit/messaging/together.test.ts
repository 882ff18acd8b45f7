import { expect, it } from 'vitest';

import { together } from './together';

function recorder(refused: ReadonlySet<number> = new Set()) {
  const calls: (readonly number[])[] = [];
  const add = together<number>(async (items) => {
    calls.push(items);
    if (items.some((item) => refused.has(item))) throw new Error('refused');
  });
  return { calls, add };
}

it('does by one call what is asked for in the same moment, and the rest by the next', async () => {
  const { calls, add } = recorder();
  await Promise.all([add(1), add(2), Promise.resolve().then(() => add(3))]);
  await add(4);
  expect(calls).toEqual([[1, 2, 3], [4]]);
});

it('does each by itself where one cannot be done, which alone fails', async () => {
  const { calls, add } = recorder(new Set([2]));
  const outcomes = await Promise.allSettled([add(1), add(2), add(3)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(calls).toEqual([[1, 2, 3], [1], [2], [3]]);
});

it('tries what is asked for alone only once', async () => {
  const { calls, add } = recorder(new Set([1]));
  await expect(add(1)).rejects.toThrow('refused');
  expect(calls).toEqual([[1]]);
});
