import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import { LoadProgress } from './load-progress';

const EPOCH = 'epoch';
const headsOf = (versions: Partial<Record<SyncCollection, number>>) =>
  Object.fromEntries(
    Object.entries(versions).map(([collection, version]) => [
      collection,
      { epoch: EPOCH, version },
    ]),
  );

it('goes one way over all collections, each counted from where it began', () => {
  const load = new LoadProgress();
  load.took('settings', { from: 0, at: 10, to: 10 });
  expect(load.isWhole).toBe(false);
  expect(load.sum()).toEqual({ done: 10, total: 10 });
  load.expect(
    headsOf({ settings: 10, clients: 20 }),
    headsOf({ settings: 10, clients: 120, invoices: 400 }),
  );
  expect(load.isWhole).toBe(true);
  expect(load.sum()).toEqual({ done: 10, total: 510 });
  load.took('clients', { from: 20, at: 120, to: 120 });
  expect(load.sum()).toEqual({ done: 110, total: 510 });
  load.took('invoices', { from: 0, at: 400, to: 400 });
  expect(load.sum()).toEqual({ done: 510, total: 510 });
});

it('goes on where it was when a round failed and the next one begins', () => {
  const load = new LoadProgress();
  load.expect({}, headsOf({ clients: 100, invoices: 100 }));
  load.took('clients', { from: 0, at: 100, to: 100 });
  load.took('invoices', { from: 0, at: 30, to: 100 });
  load.took('invoices', { from: 30, at: 60, to: 100 });
  expect(load.sum()).toEqual({ done: 160, total: 200 });
});

it('never goes back, whatever is written meanwhile or loaded once more', () => {
  const collections = ['clients', 'orders', 'invoices'] as const;
  const step = fc.record({
    collection: fc.constantFrom(...collections),
    from: fc.nat(50),
    moved: fc.nat(200),
    left: fc.nat(300),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 20 }), (steps) => {
      const load = new LoadProgress();
      load.expect({}, headsOf({ clients: 40, orders: 7, invoices: 900 }));
      let before = 0;
      for (const { collection, from, moved, left } of steps) {
        load.took(collection, { from, at: from + moved, to: from + moved + left });
        const { done, total } = load.sum();
        expect(done).toBeLessThanOrEqual(total);
        expect(done / total).toBeGreaterThanOrEqual(before - 1e-9);
        before = done / total;
      }
    }),
  );
});
