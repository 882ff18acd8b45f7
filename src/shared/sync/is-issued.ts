import type { PlainRecord } from './field-paths';

/** Whether a record is a document with a number: drafts and records of other kinds are not. */
export function isIssued(record: PlainRecord): boolean {
  return typeof record['finalisedAt'] === 'string';
}
