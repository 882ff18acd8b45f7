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

const texts = new WeakMap<object, string>();

/** The JSON of a record, made once: records are never changed, and are measured before they are kept. */
export function jsonOf(record: object): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const text = JSON.stringify(record);
  texts.set(record, text);
  return text;
}
