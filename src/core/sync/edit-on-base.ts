import type { z } from 'zod';

import type { Collection } from '../../shared/contracts/app-api/reports';
import { diffFields } from '../../shared/sync/diff-fields';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { isSameValue } from '../../shared/sync/field-paths';
import { allInConflict, holdDependencies, mergePatch } from '../../shared/sync/merge';
import type { WriteScope } from '../replica/replica';
import { addConflict } from './attention';

interface Edit<Value> {
  /** What its author had before him; undefined: what is stored. */
  readonly base: Value | undefined;
  readonly typed: Value;
  readonly stored: Value;
}

/**
 * What a person can change of a record, after an edit. What came from elsewhere while it was typed
 * stays, as if the edit had met it in the cloud (R30): a field that both changed is a conflict
 * (R31), and what does not hold together is one as a whole (R34).
 */
export function editOnBase<Value extends PlainRecord>(
  scope: WriteScope,
  collection: Collection,
  uid: string,
  schema: z.ZodType<Value>,
  { base, typed, stored }: Edit<Value>,
): Value {
  if (base === undefined || isSameValue(base, stored)) return typed;
  const fields = diffFields(base, typed);
  const patch = holdDependencies(collection, base, fields);
  const merged = mergePatch(collection, stored, patch);
  const parsed = schema.safeParse(merged.record);
  const conflicts = parsed.success ? merged.conflicts : allInConflict(stored, fields);
  if (conflicts.length > 0) {
    addConflict(scope, collection, uid, conflicts);
    // The record may stay as it is: whoever shows it, or counts what is open, is told all the same.
    scope.touch([collection]);
  }
  return parsed.success ? parsed.data : stored;
}
