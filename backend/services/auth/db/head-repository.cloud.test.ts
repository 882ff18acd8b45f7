import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { ScratchDatabase } from '../../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../../kit/testing/scratch-database';
import { headsOfTenants, storeHeads } from './head-repository';

let database: ScratchDatabase;

beforeAll(async () => {
  database = await createScratchDatabase(inject('cloud').database, 'auth');
});

afterAll(() => database.drop());

it('keeps the newest of what it is told, in whatever order and however often', async () => {
  const { db } = database;
  const tenant = newUid<BusinessUid>();
  const other = newUid<BusinessUid>();
  const headAt = (epoch: string, version: number, second: number) => ({
    tenant,
    collection: 'invoices' as const,
    epoch,
    version,
    movedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
  });
  const tell = (...head: Parameters<typeof headAt>) => storeHeads(db, [headAt(...head)]);
  const told = async () => (await headsOfTenants(db, [tenant, other])).get(tenant)?.invoices;
  await Promise.all([tell('one', 5, 3), tell('one', 7, 2), tell('one', 6, 4), tell('one', 7, 2)]);
  expect(await told()).toEqual({ epoch: 'one', version: 7 });
  await tell('two', 2, 10);
  await tell('one', 9, 5);
  await tell('two', 1, 11);
  expect(await told()).toEqual({ epoch: 'two', version: 2 });
  await tell('two', 3, 12);
  expect(await told()).toEqual({ epoch: 'two', version: 3 });
  expect([...(await headsOfTenants(db, [other]))]).toEqual([]);
});

it('keeps heads of several businesses by one statement', async () => {
  const { db } = database;
  const tenants = [newUid<BusinessUid>(), newUid<BusinessUid>()];
  const movedAt = new Date(Date.UTC(2026, 0, 1));
  const headsAt = (version: number) =>
    tenants.map((tenant) => ({
      ...{ tenant, collection: 'sends' as const, epoch: 'one' },
      ...{ version, movedAt },
    }));
  await storeHeads(db, []);
  await Promise.all([
    storeHeads(db, headsAt(3)),
    storeHeads(db, headsAt(4).toReversed()),
    storeHeads(db, [...headsAt(1), ...headsAt(2)]),
  ]);
  const found = await headsOfTenants(db, tenants);
  const sends = { epoch: 'one', version: 4 };
  expect(tenants.map((tenant) => found.get(tenant))).toEqual([{ sends }, { sends }]);
});
