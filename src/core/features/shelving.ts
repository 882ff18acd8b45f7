import type { Collection } from '../../shared/contracts/app-api/reports';
import type { Instant } from '../../shared/domain/calendar-date';
import type { DomainError, Result } from '../../shared/domain/result';
import { notFound, ok } from '../../shared/domain/result';
import type { WriteScope } from '../replica/replica';

/** A record that can be archived, with the way to store that it was. */
export interface Shelved {
  readonly archivedAt: Instant | null;
  readonly deletedAt: Instant | null;
  readonly save: (archivedAt: Instant | null) => void;
}

/** Which records are archived, and where one is found; null for a uid that is not there. */
export interface Shelf<Uid extends string> {
  readonly collection: Collection;
  readonly entity: string;
  readonly find: (scope: WriteScope, uid: Uid) => Shelved | null;
}

/**
 * Archives records, or brings them back: all of them or none. Refused with `not_found` for an
 * unknown or deleted one; one that stands where it should is left alone and not told to sync.
 */
export function shelve<Uid extends string>(
  scope: WriteScope,
  { collection, entity, find }: Shelf<Uid>,
  uids: readonly Uid[],
  action: 'archived' | 'unarchived',
): Result<Record<string, never>, DomainError> {
  for (const uid of uids) {
    const record = find(scope, uid);
    if (record === null || record.deletedAt !== null) return notFound(entity, uid);
    const from = record.archivedAt;
    if ((from !== null) === (action === 'archived')) continue;
    const to = action === 'archived' ? scope.now : null;
    record.save(to);
    const fields = { archivedAt: { from, to } };
    scope.record({ collection, uid, action, mutation: { kind: 'patch', fields } });
  }
  return ok({});
}
