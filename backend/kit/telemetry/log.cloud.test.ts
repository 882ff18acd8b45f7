import { sql } from 'drizzle-orm';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { newUid } from '../../../src/shared/domain/ids';
import { idempotencyKeys } from '../database/kit-tables';
import type { ScratchDatabase } from '../testing/scratch-database';
import { createScratchDatabase } from '../testing/scratch-database';
import { describeError } from './log';

const ADDRESS = 'somebody@example.com';

let scratch: ScratchDatabase;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database);
});

afterAll(() => scratch.drop());

async function errorOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing failed');
}

it('tells of a failed query by its code, without the values that were in it', async () => {
  const row = { tenant: newUid(), key: ADDRESS, operation: 'x', requestHash: 'x', outcome: {} };
  const insert = () => scratch.db.insert(idempotencyKeys).values(row);
  await insert();
  const described = describeError(await errorOf(insert));
  expect(described).toMatchObject({ reason: 'ER_DUP_ENTRY', code: 'ER_DUP_ENTRY' });
  expect(described['frames']).toContainEqual(expect.stringContaining('log.cloud.test.ts'));
  expect(JSON.stringify(described)).not.toContain(ADDRESS);

  const unknown = sql`select ${ADDRESS} from nowhere`;
  const other = describeError(await errorOf(() => scratch.db.execute(unknown)));
  expect(other).toMatchObject({ code: 'ER_NO_SUCH_TABLE' });
  expect(JSON.stringify(other)).not.toContain(ADDRESS);
});

it('tells the same of what the driver throws by itself', async () => {
  const connection = await createConnection({ ...inject('cloud').database });
  const thrown = await errorOf(() => connection.query(`chose '${ADDRESS}'`));
  await connection.end();
  expect(String(thrown)).toContain(ADDRESS);
  const described = describeError(thrown);
  expect(described).toMatchObject({ error: 'Error', reason: 'ER_PARSE_ERROR' });
  expect(JSON.stringify(described)).not.toContain(ADDRESS);
});

it('tells the reason of every other error', () => {
  expect(describeError(new TypeError('no\nsuch thing'))).toMatchObject({
    error: 'TypeError',
    reason: 'no\nsuch thing',
    frames: expect.arrayContaining([expect.stringMatching(/^at /u)]) as unknown,
  });
  expect(describeError('thrown')).toEqual({ error: 'string' });
});
