import { and, asc, eq, gt, inArray, lte, or } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import type { ReadScope, WriteScope } from '../replica/replica';
import { outbox, resyncSeen } from '../replica/schema';
import { adapterOf } from './adapters';
import type { SyncedRecord } from './collection-adapter';
import { documentsAdapter } from './collections/documents';
import { logLine, readFact, saveFact, saveState } from './sync-state';

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
    .set({ state: 'queued', seq: null, version: null, acknowledgedAt: null })
    .where(
      and(
        own,
        or(eq(outbox.state, 'sent'), and(eq(outbox.state, 'acknowledged'), gt(outbox.seq, last))),
      ),
    )
    .run();
  saveState(scope, collection, { epoch, cursor: 0, lastSeq: last, acknowledged: last });
  beginResync(scope, collection, 'restored');
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
  for (const uid of uids) {
    scope.db.insert(resyncSeen).values({ collection, uid }).onConflictDoNothing().run();
  }
}

/**
 * A pull from the start is complete. What a restored cloud lacks, it is told again as it is here
 * (R63); what is gone after a long absence was deleted meanwhile, and goes here too (R56).
 */
export function endResync(scope: WriteScope, collection: SyncCollection): void {
  const why = readFact(scope, `resync:${collection}`);
  if (why === null) return;
  const adapter = adapterOf(collection);
  const missing = adapter
    .uids(scope)
    .filter((uid) => !isSeen(scope, collection, uid) && !isQueued(scope, collection, uid));
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

/** Queues a record as it is here, for a cloud that does not know it. */
export function tellAgain(
  scope: WriteScope,
  collection: SyncCollection,
  { record }: SyncedRecord,
): void {
  // The paper travels with the document that it belongs to.
  if (collection === 'documents') return;
  const { uid } = record;
  const paper = collection === 'invoices' ? documentsAdapter.read(scope, uid) : null;
  const body: MutationBody =
    paper === null
      ? { kind: 'create', record }
      : {
          kind: 'finalise',
          record,
          frozen: paper.record.frozen,
          sha256: paper.record.sha256,
        };
  scope.queue(collection, uid, body);
}

function isSeen(scope: ReadScope, collection: SyncCollection, uid: string): boolean {
  const found = scope.db
    .select({ uid: resyncSeen.uid })
    .from(resyncSeen)
    .where(and(eq(resyncSeen.collection, collection), eq(resyncSeen.uid, uid)))
    .get();
  return found !== undefined;
}

function isQueued(scope: ReadScope, collection: SyncCollection, uid: string): boolean {
  const found = scope.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.recordUid, uid),
        eq(outbox.collection, collection),
        inArray(outbox.state, ['queued', 'sent']),
      ),
    )
    .orderBy(asc(outbox.id))
    .get();
  return found !== undefined;
}
