import type { SyncCollection, SyncRecord } from '../../../src/shared/contracts/sync/collections';
import type { SentMutation } from '../../../src/shared/contracts/sync/protocol';
import type { EventData, EventName } from '../../../src/shared/contracts/events/events';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import type { BusinessUid, DeviceUid } from '../../../src/shared/domain/ids';
import type { Transaction } from '../database/database';

/** Who pushes. `role` is null where nobody checked one (tests, commands of operations). */
export interface PushAuthor {
  readonly device: DeviceUid;
  readonly role: Role | null;
}

/** A record before and after one mutation, merged and valid by its schema. */
export interface Attempt<C extends SyncCollection> {
  readonly uid: string;
  /** Null for a record that the cloud does not have. */
  readonly before: SyncRecord<C> | null;
  readonly wasDeleted: boolean;
  readonly after: SyncRecord<C>;
  readonly isDeleted: boolean;
  readonly mutation: SentMutation;
}

/** What a service says to an attempt. */
export type Decision<C extends SyncCollection> =
  /**
   * As it is, or with another record (a flag raised, what only the cloud writes kept). `notices`:
   * codes of what a person should know, told in the outcome (`overpaid`).
   */
  | {
      readonly kind: 'accept';
      readonly record?: SyncRecord<C>;
      readonly notices?: readonly string[];
    }
  /** These paths keep what stands there; the author is told field by field (R31). */
  | { readonly kind: 'conflict'; readonly paths: readonly string[] }
  /** Nothing of the mutation is applied, now or ever (R17). */
  | { readonly kind: 'reject'; readonly code: string; readonly field: string };

/** A record that changed in a batch: once, whatever the number of mutations. */
export interface SyncedChange<C extends SyncCollection> {
  readonly uid: string;
  readonly before: SyncRecord<C> | null;
  readonly wasDeleted: boolean;
  readonly after: SyncRecord<C>;
  readonly isDeleted: boolean;
  /** Those that were applied to it, in their order; a `finalise` brings its frozen document. */
  readonly mutations: readonly SentMutation[];
}

/** A record as it now is, to be told to every device. */
export interface Publication<C extends SyncCollection = SyncCollection> {
  readonly uid: string;
  readonly record: SyncRecord<C>;
  readonly deleted: boolean;
}

/** What `apply` does besides writing its own tables; all of it is written with the batch. */
export interface ApplyContext {
  readonly now: Date;
  readonly author: PushAuthor;
  /** Tells devices of records of another collection of the same service. */
  readonly publish: <C extends SyncCollection>(
    collection: C,
    changes: readonly Publication<C>[],
  ) => void;
  /** Tells other services. */
  readonly record: <N extends EventName>(name: N, data: EventData<N>) => void;
}

/**
 * A collection as its service keeps it. The engine merges (docs/sync.md) and keeps the wire
 * records; the service says what its rules allow and writes its own tables.
 *
 * Locks are taken in this order by sync and REST alike: the service's own rows, the wire records,
 * the collection's head.
 */
export interface SyncedCollection<C extends SyncCollection = SyncCollection, P = unknown> {
  readonly name: C;
  /**
   * Reads and locks what `decide` and `apply` need of the service's own rows, many at a time:
   * before anything is merged. `mutations` are those that were not applied earlier.
   */
  prepare?(
    transaction: Transaction,
    tenant: BusinessUid,
    mutations: readonly SentMutation[],
  ): Promise<P>;
  /** The service's rules on top of the merge, for each mutation that changes something. */
  decide?(attempt: Attempt<C>, prepared: P, author: PushAuthor): Decision<C>;
  /** Writes what became of records into the service's own tables, in the caller's transaction. */
  apply(
    transaction: Transaction,
    tenant: BusinessUid,
    changes: readonly SyncedChange<C>[],
    prepared: P,
    context: ApplyContext,
  ): Promise<void>;
}
