import { MAX_PAGE_BYTES } from '../../../src/shared/contracts/sync/protocol';

/** A page has room for any one record and what stands around it. */
export const MAX_RECORD_BYTES = MAX_PAGE_BYTES - 20_000;

/**
 * What JSON writes for a NUL and for half a surrogate pair. MySQL would quietly replace the half,
 * and a NUL breaks what reads it as text.
 */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/iu;

/** Whether text of JSON holds nothing that a database would change or choke on. */
export function isStorableJson(json: string): boolean {
  return !UNSTORABLE.test(json);
}
