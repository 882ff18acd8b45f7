import { eq, lte, sql } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import { prepared } from '../replica/prepared';
import type { ReadScope, WriteScope } from '../replica/replica';
import { syncCollections, syncFacts, syncLog } from '../replica/schema';

export type CollectionState = Omit<typeof syncCollections.$inferSelect, 'collection'>;

const UNKNOWN: CollectionState = {
  epoch: null,
  cursor: 0,
  head: null,
  lastSeq: 0,
};

const stateOf = prepared((db) =>
  db
    .select()
    .from(syncCollections)
    .where(eq(syncCollections.collection, sql.placeholder('collection')))
    .prepare(),
);

/** Where a collection stands on this device. */
export function readState(scope: ReadScope, collection: SyncCollection): CollectionState {
  return stateOf(scope.db).get({ collection }) ?? UNKNOWN;
}

const STATE_FIELDS = {
  epoch: sql`${sql.placeholder('epoch')}`,
  cursor: sql`${sql.placeholder('cursor')}`,
  head: sql`${sql.placeholder('head')}`,
  lastSeq: sql`${sql.placeholder('lastSeq')}`,
};

const upsertState = prepared((db) =>
  db
    .insert(syncCollections)
    .values({ collection: sql.placeholder('collection'), ...STATE_FIELDS })
    .onConflictDoUpdate({ target: syncCollections.collection, set: STATE_FIELDS })
    .prepare(),
);

export function saveState(
  scope: WriteScope,
  collection: SyncCollection,
  change: Partial<CollectionState>,
): void {
  upsertState(scope.db).run({ ...readState(scope, collection), ...change, collection });
}

/**
 * `account`: whose it is (Cognito's sub). `registered_device`: the device uid that the cloud knows.
 * `letter`: of its series. `paused`, `last_sync`, `resync:<collection>`. `began:<collection>`: the
 * head that the cloud had when the last pull from the start began. `asks_all`: what the cloud tells
 * of what has moved cannot be relied on before everything was asked for (R63).
 */
export type FactKey =
  | 'account'
  | 'registered_device'
  | 'letter'
  | 'paused'
  | 'last_sync'
  | 'asks_all'
  | `resync:${SyncCollection}`
  | `began:${SyncCollection}`;

const factOf = prepared((db) =>
  db
    .select({ value: syncFacts.value })
    .from(syncFacts)
    .where(eq(syncFacts.key, sql.placeholder('key')))
    .prepare(),
);

export function readFact(scope: ReadScope, key: FactKey): string | null {
  return factOf(scope.db).get({ key })?.value ?? null;
}

const removeFact = prepared((db) =>
  db
    .delete(syncFacts)
    .where(eq(syncFacts.key, sql.placeholder('key')))
    .prepare(),
);

const upsertFact = prepared((db) =>
  db
    .insert(syncFacts)
    .values({ key: sql.placeholder('key'), value: sql.placeholder('value') })
    .onConflictDoUpdate({
      target: syncFacts.key,
      set: { value: sql`${sql.placeholder('value')}` },
    })
    .prepare(),
);

export function saveFact(scope: WriteScope, key: FactKey, value: string | null): void {
  if (value === null) removeFact(scope.db).run({ key });
  else upsertFact(scope.db).run({ key, value });
}

const LOG_LINES = 1_000;

/**
 * Notes a line for support: counts, collections and codes, nothing that a person wrote. Answers its
 * id.
 */
export function logLine(scope: WriteScope, text: string): number {
  const { lastInsertRowid } = scope.db.insert(syncLog).values({ at: scope.now, text }).run();
  scope.db
    .delete(syncLog)
    .where(lte(syncLog.id, sql`${Number(lastInsertRowid) - LOG_LINES}`))
    .run();
  return Number(lastInsertRowid);
}
