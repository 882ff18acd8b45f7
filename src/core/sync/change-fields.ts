import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { FieldPatch } from '../../shared/contracts/sync/protocol';
import type { DraftContent } from '../../shared/domain/document-rules';
import { checkDraft } from '../../shared/domain/document-rules';
import type { DomainError, Issue, Result } from '../../shared/domain/result';
import { notFound, ok, refused, refusedFor } from '../../shared/domain/result';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { isSameValue, valueAt } from '../../shared/sync/field-paths';
import { holdDependencies, replayPatch } from '../../shared/sync/merge';
import type { WriteScope } from '../replica/replica';
import { adapterOf } from './adapters';
import type { SyncedRecord } from './collection-adapter';
import { parseState } from './replay';

/**
 * Changes fields of a record as a person would, whatever its collection. Answers what they were.
 * Refused where the record is gone or would not hold together.
 */
export function changeFields(
  scope: WriteScope,
  collection: SyncCollection,
  uid: string,
  values: ReadonlyMap<string, unknown>,
): Result<ReadonlyMap<string, unknown>, DomainError> {
  const adapter = adapterOf(collection);
  const shown = adapter.read(scope, uid);
  if (shown === null) return notFound('record', uid);
  const before = new Map<string, unknown>();
  const fields: FieldPatch = {};
  for (const [path, to] of values) {
    const from = valueAt(shown.record, path);
    before.set(path, from);
    if (!isSameValue(from, to)) fields[path] = { from, to };
  }
  if (Object.keys(fields).length === 0) return ok(before);
  const blocked = Object.keys(fields).find((path) => isPrinted(collection, shown.record, path));
  if (blocked !== undefined)
    return refused(blocked, 'already_finalised', { number: numberOf(shown.record) });
  const changed = parseState(collection, {
    record: replayPatch(shown.record, fields),
    deleted: shown.deleted,
  });
  if (changed === null) return refused('', 'does_not_fit');
  const issues = draftIssues(collection, changed);
  if (issues.length > 0) return refusedFor(issues);
  adapter.store(scope, [changed]);
  scope.queue(collection, uid, {
    kind: 'patch',
    fields: holdDependencies(collection, shown.record, fields),
  });
  return ok(before);
}

/** Amounts that nobody could add up, and the like: no editor would keep such a draft either. */
function draftIssues(collection: SyncCollection, { record }: SyncedRecord): readonly Issue[] {
  if (collection !== 'invoices' && collection !== 'orders') return [];
  return checkDraft(record as unknown as DraftContent);
}

/** What a finalised document printed is never changed (R43). */
export function isPrinted(collection: SyncCollection, record: PlainRecord, path: string): boolean {
  return (
    collection === 'invoices' &&
    typeof record['finalisedAt'] === 'string' &&
    path !== 'remindersPaused'
  );
}

function numberOf({ number }: PlainRecord): string {
  return typeof number === 'string' ? number : '';
}
