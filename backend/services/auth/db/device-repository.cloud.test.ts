import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { BusinessUid, DeviceUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { transact } from '../../../kit/database/database';
import type { ScratchDatabase } from '../../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../../kit/testing/scratch-database';
import { registerDevice, skipLetters } from './device-repository';

let database: ScratchDatabase;
beforeAll(async () => {
  database = await createScratchDatabase(inject('cloud').database, 'auth');
});
afterAll(() => database.drop());

it('R2 R60 gives no letter again that a device got after the backup that was put back', async () => {
  const tenant = newUid<BusinessUid>();
  const letters = async (device: DeviceUid) =>
    transact(database.db, (transaction) =>
      registerDevice(transaction, tenant, 1, { device, name: 'A device', replaces: null }),
    );
  const first = newUid<DeviceUid>();
  expect((await letters(first)).letter).toBe('');
  // The backup is of now; whoever registers from here on is forgotten, at most a few.
  await skipLetters(database.db);
  const after = [await letters(newUid()), await letters(newUid())].map(({ letter }) => letter);
  expect(after).not.toContain('B');
  expect(after).not.toContain('D');
  expect((await letters(first)).letter).toBe('');
});
