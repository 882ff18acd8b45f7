import { expect, it } from 'vitest';

import { isWatched, TransferMeter } from './transfer-meter';

it('counts the records of each collection, and the pace of the whole round', () => {
  let now = 0;
  const meter = new TransferMeter(() => now);
  meter.begin();
  now = 2_000;
  meter.bytes(50_000);
  meter.transfer('down', 'settings', { count: 10, done: 10, total: 10 });
  meter.transfer('down', 'clients', { count: 100, done: 300, total: 900 });
  expect(meter.transfer('down', 'clients', { count: 90, done: 600, total: 900 })).toEqual({
    direction: 'down',
    collection: 'clients',
    done: 600,
    total: 900,
    records: 190,
    recordsPerSecond: 100,
    bytesPerSecond: 25_000,
  });
  expect(meter.summary()).toBe('0 records up, 200 down, 50000 bytes in 2.0 s');
  expect(meter.summary()).toBeNull();
});

it('is worth a look when it takes longer than a look, and then only', () => {
  const meter = new TransferMeter(() => 0);
  const change = meter.transfer('up', 'clients', { count: 1, done: 1, total: 1 });
  expect(isWatched(change)).toBe(false);
  expect(meter.summary()).toBeNull();
  const books = meter.transfer('up', 'clients', { count: 1, done: 1, total: 6_000 });
  expect(isWatched(books)).toBe(true);
});
