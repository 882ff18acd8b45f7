import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { transact } from '../../../kit/database/database';
import type { ScratchDatabase } from '../../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../../kit/testing/scratch-database';
import { signUps } from './schema';
import { aloneWithAddress } from './user-repository';

let database: ScratchDatabase;

beforeAll(async () => {
  database = await createScratchDatabase(inject('cloud').database, 'auth');
});

afterAll(() => database.drop());

it('lets those who want one address at once have it one after the other, and leaves nothing', async () => {
  const { db } = database;
  const atWork = new Set<string>();
  const overlaps: string[] = [];
  const begun: string[] = [];

  function signUp(email: string, fails: boolean): Promise<void> {
    return transact(db, (transaction) =>
      aloneWithAddress(transaction, email, async () => {
        if (atWork.has(email)) overlaps.push(email);
        atWork.add(email);
        begun.push(email);
        await pause(20);
        atWork.delete(email);
        if (fails) throw new Error('cut off');
      }),
    );
  }

  const wishes = Array.from({ length: 16 }, (_, index) =>
    signUp(index % 2 === 0 ? 'a@example.com' : 'b@example.com', index % 3 === 0),
  );
  const outcomes = await Promise.allSettled(wishes);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(6);
  expect(overlaps).toEqual([]);
  expect(begun).toHaveLength(16);
  expect(await db.select().from(signUps)).toEqual([]);
});
