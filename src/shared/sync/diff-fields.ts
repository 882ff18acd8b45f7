import type { FieldPatch } from '../contracts/sync/protocol';
import { isListOfRecords, isSameValue } from './field-paths';

/**
 * The fields that differ between two versions of a record. Lists of things with a `uid` (lines,
 * bank accounts) are compared thing by thing as `lines.<uid>`, with `lines.order` for the order,
 * so that two people editing two lines are no conflict. Empty when nothing changed.
 */
export function diffFields(before: object, after: object): FieldPatch {
  const patch: Record<string, { from: unknown; to: unknown }> = {};
  const old = before as Record<string, unknown>;
  for (const [field, to] of Object.entries(after)) {
    const from = old[field];
    if (isListOfRecords(from) && isListOfRecords(to)) diffLists(field, from, to, patch);
    else if (!isSameValue(from, to)) patch[field] = { from: from ?? null, to: to ?? null };
  }
  return patch;
}

function diffLists(
  field: string,
  from: readonly { readonly uid: string }[],
  to: readonly { readonly uid: string }[],
  patch: Record<string, { from: unknown; to: unknown }>,
): void {
  const before = new Map(from.map((item) => [item.uid, item]));
  const after = new Map(to.map((item) => [item.uid, item]));
  for (const uid of new Set([...before.keys(), ...after.keys()])) {
    const [old, current] = [before.get(uid) ?? null, after.get(uid) ?? null];
    if (!isSameValue(old, current)) patch[`${field}.${uid}`] = { from: old, to: current };
  }
  const [oldOrder, order] = [[...before.keys()], [...after.keys()]];
  if (!isSameValue(oldOrder, order)) patch[`${field}.order`] = { from: oldOrder, to: order };
}
