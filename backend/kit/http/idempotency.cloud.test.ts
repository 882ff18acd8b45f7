import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { Transaction } from '../database/database';
import { outbox } from '../database/kit-tables';
import { recordEvent } from '../messaging/outbox';
import type { ScratchDatabase } from '../testing/scratch-database';
import { createScratchDatabase } from '../testing/scratch-database';
import { transactOnce } from './idempotency';
import { conflict } from './refusal';

let scratch: ScratchDatabase;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database);
});

afterAll(() => scratch.drop());

const CLAIM = { key: 'key-1', operation: 'createThing', requestHash: 'a'.repeat(64) };

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

async function effectsOf(tenant: BusinessUid): Promise<number> {
  const rows = await scratch.db
    .select({ count: count() })
    .from(outbox)
    .where(eq(outbox.tenant, tenant));
  return rows[0]!.count;
}

/** Something that takes a while and can be counted. */
function workFor(tenant: BusinessUid, id: number) {
  return async (transaction: Transaction) => {
    await recordEvent(transaction, 'UserLoggedIn', tenant, { user_id: id });
    await pause(50);
    return { id };
  };
}

it('does the work once for two calls that come at once, and answers both alike', async () => {
  const tenant = newUid<BusinessUid>();
  const answers = await Promise.all(
    [1, 2, 3, 4].map((id) => transactOnce(scratch.db, tenant, CLAIM, workFor(tenant, id))),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await effectsOf(tenant)).toBe(1);
});

it('refuses the key for another request or another operation', async () => {
  const tenant = newUid<BusinessUid>();
  await transactOnce(scratch.db, tenant, CLAIM, workFor(tenant, 1));
  const others = [
    { ...CLAIM, requestHash: 'b'.repeat(64) },
    { ...CLAIM, operation: 'createOther' },
  ];
  for (const other of others) {
    expect(await transactOnce(scratch.db, tenant, other, workFor(tenant, 2))).toMatchObject({
      status: 409,
      code: 'idempotency_key_reused',
    });
  }
  expect(await effectsOf(tenant)).toBe(1);
});

it('keeps the keys of tenants apart, and calls without a key too', async () => {
  const tenants = [newUid<BusinessUid>(), newUid<BusinessUid>()];
  for (const tenant of tenants) {
    await transactOnce(scratch.db, tenant, CLAIM, workFor(tenant, 1));
    await transactOnce(scratch.db, tenant, null, workFor(tenant, 1));
    await transactOnce(scratch.db, tenant, null, workFor(tenant, 1));
    expect(await effectsOf(tenant)).toBe(3);
  }
});

it('rolls a refusal back and leaves the key free', async () => {
  const tenant = newUid<BusinessUid>();
  const refused = await transactOnce(scratch.db, tenant, CLAIM, async (transaction) => {
    await workFor(tenant, 1)(transaction);
    return conflict('not_now');
  });
  expect(refused).toMatchObject({ status: 409, code: 'not_now' });
  expect(await effectsOf(tenant)).toBe(0);
  expect(await transactOnce(scratch.db, tenant, CLAIM, workFor(tenant, 2))).toEqual({ id: 2 });
});

it('leaves nothing of work that threw', async () => {
  const tenant = newUid<BusinessUid>();
  const failing = transactOnce(scratch.db, tenant, CLAIM, async (transaction) => {
    await workFor(tenant, 1)(transaction);
    throw new Error('in between');
  });
  await expect(failing).rejects.toThrow('in between');
  expect(await effectsOf(tenant)).toBe(0);
});
