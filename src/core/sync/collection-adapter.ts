import type { SyncCollection, SyncRecord } from '../../shared/contracts/sync/collections';
import type { ReadScope, WriteScope } from '../replica/replica';

/** A record as it travels, with whether it is deleted. */
export interface SyncedRecord<C extends SyncCollection = SyncCollection> {
  readonly record: SyncRecord<C>;
  readonly deleted: boolean;
}

export interface RecordReference {
  readonly collection: SyncCollection;
  readonly uid: string;
}

/** How the records of a collection lie in the replica. */
export interface CollectionAdapter<C extends SyncCollection = SyncCollection> {
  readonly collection: C;
  /** What the replica shows, deleted records included; null where it has none of that uid. */
  read(scope: ReadScope, uid: string): SyncedRecord<C> | null;
  /**
   * Puts records in place of what is shown: rows, search words, sums, everything that follows from
   * them, in the caller's transaction. Tells neither outbox nor activity. Answers the records that
   * cannot be kept before their base has come (a payment before its invoice).
   */
  store(scope: WriteScope, records: readonly SyncedRecord<C>[]): readonly SyncedRecord<C>[];
  /** The records that a record refers to: what has to be in the cloud before it. */
  referencesOf(record: SyncRecord<C>): readonly RecordReference[];
  /** As a list names it; empty where nothing is known. */
  title(scope: ReadScope, uid: string): string;
  /** The uids of all records that are not deleted, the oldest first. */
  uids(scope: ReadScope): readonly string[];
}
