import { createHash } from 'node:crypto';

import { and, eq, sql } from 'drizzle-orm';

import type { ImportKind } from '../../../../shared/contracts/app-api/imports';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import { prepared } from '../../../replica/prepared';
import type { ReadScope, WriteScope } from '../../../replica/replica';
import { importedRecords } from '../../../replica/schema';

/** What became of a record: made, there already as the file has it, or refused. */
export type Outcome = 'created' | 'unchanged' | Issue;

export function isRefusal(outcome: Outcome): outcome is Issue {
  return typeof outcome === 'object';
}

const byKey = prepared((db) =>
  db
    .select({ content: importedRecords.content })
    .from(importedRecords)
    .where(
      and(
        eq(importedRecords.kind, sql.placeholder('kind')),
        eq(importedRecords.key, sql.placeholder('key')),
      ),
    )
    .prepare(),
);

const insert = prepared((db) =>
  db
    .insert(importedRecords)
    .values({
      kind: sql.placeholder('kind'),
      key: sql.placeholder('key'),
      content: sql.placeholder('content'),
      recordUid: sql.placeholder('recordUid'),
    })
    .prepare(),
);

/** Hash of what a file says about a record. The parts are plain JSON. */
export function contentHash(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27);
}

/**
 * Whether an earlier import brought this record in: unchanged, or refused with
 * `already_there_different` since the file says something else by now. What was brought in belongs
 * to the user from then on: it is neither overwritten nor, where deleted, brought back.
 */
export function compareWithImported(
  scope: ReadScope,
  kind: ImportKind,
  key: string,
  content: string,
): Outcome | null {
  const known = byKey(scope.db).get({ kind, key });
  if (known === undefined) return null;
  return known.content === content ? 'unchanged' : issue('', 'already_there_different');
}

/** Remembers what a record of the file became, in the caller's transaction. */
export function rememberImported(
  scope: WriteScope,
  kind: ImportKind,
  record: { readonly key: string; readonly content: string; readonly recordUid: string },
): void {
  insert(scope.db).run({ kind, ...record });
}
