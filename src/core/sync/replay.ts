import type { SyncCollection } from '../../shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { isIssued } from '../../shared/sync/is-issued';
import { replayPatch } from '../../shared/sync/merge';
import type { SyncedRecord } from './collection-adapter';

/** A record that may not be there, as plain JSON. */
export interface PlainState {
  readonly record: PlainRecord | null;
  readonly deleted: boolean;
}

/** What a device shows: the cloud's state with its own mutations on top, in their order (R54). */
export function replay(state: PlainState, bodies: readonly MutationBody[]): PlainState {
  let { record, deleted } = state;
  for (const body of bodies) {
    switch (body.kind) {
      case 'create':
        // What the cloud has already was merged there; a field of it may be in conflict.
        if (record === null || deleted || (isIssued(body.record) && !isIssued(record))) {
          record = body.record;
        }
        deleted = false;
        break;
      case 'patch':
        if (record !== null) record = replayPatch(record, body.fields);
        deleted = false;
        break;
      case 'finalise':
        record = body.record;
        deleted = false;
        break;
      case 'delete':
        deleted = true;
        break;
      case 'restore':
        deleted = false;
    }
  }
  return { record, deleted };
}

/** Parses what is to be stored; null when it is none of the collection's records. */
export function parseState(collection: SyncCollection, state: PlainState): SyncedRecord | null {
  const parsed = SYNC_COLLECTIONS[collection].record.safeParse(state.record);
  return parsed.success ? { record: parsed.data, deleted: state.deleted } : null;
}
