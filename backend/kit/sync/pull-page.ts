import { and, asc, between, eq, gt } from 'drizzle-orm';

import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { MAX_PAGE_BYTES } from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Database } from '../database/database';
import { syncRecords } from '../database/kit-tables';
import { ensureHead } from './heads';
import { checkProtocol } from './protocol-version';

/** What a device asks for: its cursor, and the epoch that it knows (undefined at first). */
export interface PullRequest {
  readonly protocol: number;
  readonly cursor: number;
  /** Of a pull from the start: where the head was then. Nothing deleted before is on the device. */
  readonly began?: number | undefined;
  readonly epoch?: string | undefined;
}

/** Rows that are looked at for a page; small ones fill it before that. */
const MAX_ROWS = 5_000;
/** Read at a time while a page is cut: invoices fill one with fewer. */
const ROWS_AT_ONCE = 500;
/** What stands around a record in a page, and around the page. */
const FRAME_BYTES = 60;
const PAGE_FRAME_BYTES = 200;

/**
 * A page of the newest states of what changed since a cursor (R52), as the JSON text of a
 * `PullAnswer`: the records' own text is copied, never read. Throws a `ProtocolVersionError` for a
 * device that is too old.
 */
export async function pullPage(
  db: Database,
  collection: SyncCollection,
  tenant: BusinessUid,
  { protocol, cursor, began = 0, epoch }: PullRequest,
): Promise<string> {
  checkProtocol(protocol);
  // Read before the rows: whatever has a version up to this one is visible by now (R50).
  const head = await ensureHead(db, tenant, collection);
  if (epoch !== undefined && epoch !== head.epoch) {
    return JSON.stringify({ kind: 'epoch_changed', epoch: head.epoch });
  }
  const isOlderThanKept = cursor > 0 && Math.max(cursor, began) < head.tombstoneFloor;
  if (isOlderThanKept || cursor > head.version) {
    return JSON.stringify({ kind: 'cursor_expired', epoch: head.epoch });
  }
  const page = cursor === head.version ? EMPTY : await cutPage(db, collection, tenant, cursor);
  const rows = page.last === null ? [] : await readPage(db, collection, tenant, cursor, page.last);
  const next =
    page.hasMore && page.last !== null ? page.last : Math.max(page.last ?? 0, head.version);
  const changes = rows.map(
    ({ version, deleted, record }) =>
      `{"version":${version},"deleted":${deleted},"record":${record}}`,
  );
  const frame = JSON.stringify({
    kind: 'page',
    epoch: head.epoch,
    cursor: next,
    hasMore: page.hasMore,
    head: Math.max(head.version, next),
  });
  return `${frame.slice(0, -1)},"changes":[${changes.join(',')}]}`;
}

interface Cut {
  /** The version of the last row of the page; null where nothing changed. */
  readonly last: number | null;
  readonly hasMore: boolean;
}

/** Of whoever has everything up to the head: what comes after it comes with the next pull. */
const EMPTY: Cut = { last: null, hasMore: false };

/** Where a page ends, told by an index alone: one record at least, and no more than fit. */
async function cutPage(
  db: Database,
  collection: SyncCollection,
  tenant: BusinessUid,
  cursor: number,
): Promise<Cut> {
  let room = MAX_PAGE_BYTES - PAGE_FRAME_BYTES;
  let last: number | null = null;
  for (let count = 0; ;) {
    const rows = await sizesAfter(db, collection, tenant, last ?? cursor);
    for (const row of rows) {
      room -= row.bytes + FRAME_BYTES;
      if (count === MAX_ROWS || (room < 0 && last !== null)) return { last, hasMore: true };
      last = row.version;
      count += 1;
    }
    if (rows.length < ROWS_AT_ONCE) return { last, hasMore: false };
  }
}

async function sizesAfter(
  db: Database,
  collection: SyncCollection,
  tenant: BusinessUid,
  after: number,
) {
  const { version, bytes } = syncRecords;
  return db
    .select({ version, bytes })
    .from(syncRecords)
    .where(
      and(
        eq(syncRecords.tenant, tenant),
        eq(syncRecords.collection, collection),
        gt(version, after),
      ),
    )
    .orderBy(asc(version))
    .limit(ROWS_AT_ONCE);
}

/** What moved on since the cut comes with a later page. */
async function readPage(
  db: Database,
  collection: SyncCollection,
  tenant: BusinessUid,
  cursor: number,
  last: number,
) {
  const { version, deleted, record } = syncRecords;
  return db
    .select({ version, deleted, record })
    .from(syncRecords)
    .where(
      and(
        eq(syncRecords.tenant, tenant),
        eq(syncRecords.collection, collection),
        between(version, cursor + 1, last),
      ),
    )
    .orderBy(asc(version));
}
