import type { SentMutation } from '../../../src/shared/contracts/sync/protocol';
import { isIssued } from '../../../src/shared/sync/is-issued';

/**
 * The uids of the records that a mutation may write: a document that comes second becomes one under
 * the mutation's UUID (R42).
 */
export function concernedUids({ uid, uuid, body }: SentMutation): readonly string[] {
  return 'record' in body && isIssued(body.record) ? [uid, uuid] : [uid];
}
