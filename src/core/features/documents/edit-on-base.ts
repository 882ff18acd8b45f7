import type { z } from 'zod';

import type { DocumentContent } from '../../../shared/domain/invoice';
import type { OrderContent } from '../../../shared/domain/order';
import { isSameValue } from '../../../shared/sync/field-paths';
import { allInConflict, holdDependencies, mergePatch } from '../../../shared/sync/merge';
import { diffFields } from '../../replica/changes';
import type { WriteScope } from '../../replica/replica';
import { addConflict } from '../../sync/attention';

interface Edit<Content> {
  /** What its author had before him; undefined: what is stored. */
  readonly base: Content | undefined;
  readonly typed: Content;
  readonly stored: Content;
}

/**
 * The content after an edit. What came from elsewhere while it was typed stays, as if the edit had
 * met it in the cloud (R30): a field that both changed is a conflict (R31), and a content that does
 * not hold together is one as a whole (R34).
 */
export function editOnBase<Content extends DocumentContent | OrderContent>(
  scope: WriteScope,
  collection: 'invoices' | 'orders',
  uid: string,
  schema: z.ZodType<Content>,
  { base, typed, stored }: Edit<Content>,
): Content {
  if (base === undefined || isSameValue(base, stored)) return typed;
  const fields = diffFields(base, typed);
  const patch = holdDependencies(collection, base, fields);
  const merged = mergePatch(collection, stored, patch);
  const parsed = schema.safeParse(merged.record);
  const conflicts = parsed.success ? merged.conflicts : allInConflict(stored, fields);
  if (conflicts.length > 0) addConflict(scope, collection, uid, conflicts);
  return parsed.success ? parsed.data : stored;
}
