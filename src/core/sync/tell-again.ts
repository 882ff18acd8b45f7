import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { MutationBody } from '../../shared/contracts/sync/protocol';
import type { WriteScope } from '../replica/replica';
import type { SyncedRecord } from './collection-adapter';
import { documentsAdapter } from './collections/documents';

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
      ? { kind: 'create', record: collection === 'sends' ? asOnItsWay(record) : record }
      : {
          kind: 'finalise',
          record,
          frozen: paper.record.frozen,
          sha256: paper.record.sha256,
        };
  scope.queue(collection, uid, body);
}

/**
 * By itself, where the cloud knew already of the finalising: a device that had no paper may have told
 * a restored cloud of the document first, and what is known is not applied again (R15, R63).
 */
export function tellPaper(scope: WriteScope, uid: string): void {
  const paper = documentsAdapter.read(scope, uid);
  if (paper !== null) scope.queue('documents', uid, { kind: 'create', record: paper.record });
}

/** The cloud had this wish, so its mail may have gone out before the cloud was put back (R64). */
function asOnItsWay(record: SyncedRecord['record']): SyncedRecord['record'] {
  return 'state' in record && record.state === 'queued' ? { ...record, state: 'pending' } : record;
}
