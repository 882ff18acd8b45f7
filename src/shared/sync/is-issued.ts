import type { PlainRecord } from './field-paths';

/** Whether a record is a document with a number: drafts and records of other kinds are not. */
export function isIssued(record: PlainRecord): boolean {
  return typeof record['finalisedAt'] === 'string';
}

/** Whether two records are one issued document: its number, given at one moment. */
export function isSameIssue(one: PlainRecord, other: PlainRecord): boolean {
  return (
    isIssued(one) &&
    one['number'] === other['number'] &&
    one['finalisedAt'] === other['finalisedAt']
  );
}
