import { and, eq, gt, inArray, lte, or, sql } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { Change } from '../../shared/contracts/sync/protocol';
import { isIssued, isSameIssue } from '../../shared/sync/is-issued';
import { prepared } from '../replica/prepared';
import type { ReadScope, WriteScope } from '../replica/replica';
import { outbox, resyncSeen } from '../replica/schema';
import { adapterOf } from './adapters';
import { refusedUids } from './attention';
import type { SyncedRecord } from './collection-adapter';
import { bodyOf, readUnseen, updateRow } from './outbox-repository';
import { logLine, readFact, readState, saveFact, saveState } from './sync-state';
import { tellAgain } from './tell-again';

/** The service that has this collection also tells polls what has moved: both are put back at once. */
const KEPT_WITH_HEADS: SyncCollection = 'settings';

/** Of what is told again. The version stays set: the cloud may know it, so it is never touched (R11). */
const UNTOLD = { state: 'queued', seq: null, version: 0, acknowledgedAt: null } as const;

/**
 * The cloud's data of a collection was put back from a backup, or lacks numbers that it had: the
 * device goes on at the cloud's `last`, tells again what was acknowledged since, and pulls from
 * the start (R61). Mutations keep their UUIDs: what the cloud has after all is not done twice.
 */
export function beginEpoch(
  scope: WriteScope,
  collection: SyncCollection,
  epoch: string,
  last: number,
): void {
  const own = eq(outbox.collection, collection);
  // What the backup holds was seen; its versions were those of another life.
  scope.db
    .update(outbox)
    .set({ version: 0 })
    .where(and(own, eq(outbox.state, 'acknowledged'), lte(outbox.seq, last)))
    .run();
  scope.db
    .update(outbox)
    .set(UNTOLD)
    .where(
      and(
        own,
        or(eq(outbox.state, 'sent'), and(eq(outbox.state, 'acknowledged'), gt(outbox.seq, last))),
      ),
    )
    .run();
  saveState(scope, collection, { epoch, cursor: 0, lastSeq: last });
  if (collection === KEPT_WITH_HEADS) saveFact(scope, 'asks_all', 'yes');
  beginResync(scope, collection, 'restored');
}

/**
 * Whether the last number that the cloud knows of this device is one that it told itself. A copy of
 * it may have come first after the backup was put back: its numbers say nothing about what of this
 * device the backup holds (R13).
 */
export function isOwnLast(
  scope: ReadScope,
  collection: SyncCollection,
  { last, lastUuid }: { readonly last: number; readonly lastUuid: string | null },
): boolean {
  if (last > readState(scope, collection).lastSeq) return false;
  const own = scope.db
    .select({ uuid: outbox.uuid })
    .from(outbox)
    .where(
      and(
        eq(outbox.collection, collection),
        eq(outbox.seq, last),
        inArray(outbox.state, ['sent', 'acknowledged']),
      ),
    )
    .get();
  // What was told long ago is forgotten here (R62).
  return own === undefined || lastUuid === null || own.uuid === lastUuid;
}

/** From here on a pull from the start notes what it brings. */
export function beginResync(
  scope: WriteScope,
  collection: SyncCollection,
  why: 'restored' | 'expired',
): void {
  scope.db.delete(resyncSeen).where(eq(resyncSeen.collection, collection)).run();
  saveFact(scope, `resync:${collection}`, why);
}

export function noteSeen(
  scope: WriteScope,
  collection: SyncCollection,
  uids: readonly string[],
): void {
  if (readFact(scope, `resync:${collection}`) === null) return;
  for (const uid of uids) insertSeen(scope.db).run({ collection, uid });
}

const insertSeen = prepared((db) =>
  db
    .insert(resyncSeen)
    .values({ collection: sql.placeholder('collection'), uid: sql.placeholder('uid') })
    .onConflictDoNothing()
    .prepare(),
);

/**
 * A document that was issued stays so: where a cloud that was put back brings its draft, nothing but
 * its tombstone, or another document that was finalised from the draft since, it is told again (R63).
 */
export function tellIssuedAgain(scope: WriteScope, changes: readonly Change[]): void {
  if (readFact(scope, 'resync:invoices') !== 'restored') return;
  for (const { record, deleted } of changes) {
    const here = adapterOf('invoices').read(scope, record.uid);
    if (here === null || here.deleted || !isIssued(here.record)) continue;
    if (isSameIssue(record, here.record) && !deleted) continue;
    tellDocumentAgain(scope, here);
  }
}

/** By the mutation that told it, where that is still here: the cloud may know it (R15). */
function tellDocumentAgain(scope: WriteScope, here: SyncedRecord): void {
  const own = readUnseen(scope, 'invoices', here.record.uid, -1).filter((row) => {
    const body = bodyOf(row);
    return 'record' in body && isSameIssue(body.record, here.record);
  });
  const [told] = own;
  if (told === undefined) tellAgain(scope, 'invoices', here);
  else if (own.every(({ state }) => state === 'acknowledged')) updateRow(scope, told.id, UNTOLD);
}

/**
 * A pull from the start is complete. What a restored cloud lacks, it is told again as it is here
 * (R63); what is gone after a long absence was deleted meanwhile, and goes here too (R56).
 */
export function endResync(scope: WriteScope, collection: SyncCollection): void {
  const why = readFact(scope, `resync:${collection}`);
  if (why === null) return;
  const adapter = adapterOf(collection);
  const known = new Set([
    ...seenUids(scope, collection),
    ...untoldUids(scope, collection),
    // The cloud refused them; a person decides.
    ...refusedUids(scope, collection),
  ]);
  const missing = adapter.uids(scope).filter((uid) => !known.has(uid));
  for (const uid of missing) {
    const state = adapter.read(scope, uid);
    if (state === null) continue;
    if (why === 'expired') adapter.store(scope, [{ ...state, deleted: true }]);
    else tellAgain(scope, collection, state);
  }
  if (missing.length > 0) logLine(scope, `${collection}: ${missing.length} not in the cloud`);
  scope.db.delete(resyncSeen).where(eq(resyncSeen.collection, collection)).run();
  saveFact(scope, `resync:${collection}`, null);
}

function seenUids(scope: ReadScope, collection: SyncCollection): readonly string[] {
  return scope.db
    .select({ uid: resyncSeen.uid })
    .from(resyncSeen)
    .where(eq(resyncSeen.collection, collection))
    .all()
    .map(({ uid }) => uid);
}

function untoldUids(scope: ReadScope, collection: SyncCollection): readonly string[] {
  return scope.db
    .select({ uid: outbox.recordUid })
    .from(outbox)
    .where(and(eq(outbox.collection, collection), inArray(outbox.state, ['queued', 'sent'])))
    .all()
    .map(({ uid }) => uid);
}
