import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { ScratchDatabase } from '../../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../../kit/testing/scratch-database';
import { headsOfTenants, storeHead } from './head-repository';

let database: ScratchDatabase;

beforeAll(async () => {
  database = await createScratchDatabase(inject('cloud').database, 'auth');
});

afterAll(() => database.drop());

it('keeps the newest of what it is told, in whatever order and however often', async () => {
  const { db } = database;
  const tenant = newUid<BusinessUid>();
  const other = newUid<BusinessUid>();
  const tell = (epoch: string, version: number, second: number) =>
    storeHead(
      db,
      tenant,
      { collection: 'invoices', epoch, version },
      new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
    );
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
