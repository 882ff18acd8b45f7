import { eq } from 'drizzle-orm';
import { raw } from 'mysql2';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { ScratchDatabase } from '../testing/scratch-database';
import { createScratchDatabase } from '../testing/scratch-database';
import { transact } from './database';
import { insertRows } from './insert-rows';
import { syncRecords } from './kit-tables';

let scratch: ScratchDatabase;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('cloud').database);
});

afterAll(() => scratch.drop());

const TEXTS = [
  '',
  `it's "quoted" \`ticked\``,
  `'; drop table sync_records; -- `,
  'a ? and ?? and :name and @name',
  String.raw`C:\new\table\'\\`,
  '\\',
  "\\'",
  'tab\tline\nreturn\rbell\x07back\b',
  'nul\0 and substitute\x1a',
  '/* open -- # comment',
  '%_ 東京 😀 \u2028 \u00a0',
];

function rowsOf(tenant: BusinessUid, texts: readonly string[]) {
  return texts.map((record, index) => ({
    tenant,
    collection: 'clients' as const,
    uid: `uid-${String(index).padStart(2, '0')}`,
    version: index + 1,
    deleted: index % 2 === 1,
    record,
    bytes: Buffer.byteLength(record),
    changedAt: new Date('2026-03-10T10:00:00.123Z'),
  }));
}

async function stored(tenant: BusinessUid) {
  return scratch.db
    .select()
    .from(syncRecords)
    .where(eq(syncRecords.tenant, tenant))
    .orderBy(syncRecords.uid);
}

it('stores any text as it is, in many rows by one statement', async () => {
  const tenant = newUid<BusinessUid>();
  const rows = rowsOf(tenant, TEXTS);
  await transact(scratch.db, (transaction) => insertRows(transaction, syncRecords, rows));
  expect(await stored(tenant)).toEqual(rows);
});

it('overwrites rows that are there, but for what is to stay', async () => {
  const tenant = newUid<BusinessUid>();
  const rows = rowsOf(tenant, TEXTS);
  const changed = rowsOf(tenant, TEXTS.toReversed());
  await transact(scratch.db, async (transaction) => {
    await insertRows(transaction, syncRecords, rows);
    const overwriteBut = ['tenant', 'collection', 'uid', 'bytes'] as const;
    await insertRows(transaction, syncRecords, changed, { overwriteBut });
  });
  expect(await stored(tenant)).toEqual(
    changed.map((row, index) => ({ ...row, bytes: rows[index]?.bytes })),
  );
});

it('stores what an expression comes to, beside plain values', async () => {
  const tenant = newUid<BusinessUid>();
  const [plain, computed] = rowsOf(tenant, ["it's plain", '']);
  if (plain === undefined || computed === undefined) throw new Error('two rows were asked for');
  const record = raw(`concat('a', '?', 'b')`) as unknown as string;
  await insertRows(scratch.db, syncRecords, [plain, { ...computed, record }]);
  expect((await stored(tenant)).map((row) => row.record)).toEqual(["it's plain", 'a?b']);
});
