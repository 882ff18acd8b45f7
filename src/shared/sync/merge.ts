import type { SyncCollection } from '../contracts/sync/collections';
import type { FieldConflict, FieldPatch } from '../contracts/sync/protocol';
import type { PlainRecord } from './field-paths';
import { isListOfRecords, isSameValue, valueAt, withValues } from './field-paths';
import { dependenciesOf, isNamedBy } from './field-rules';

export interface Merged {
  /** The record with everything applied that could be. */
  readonly record: Record<string, unknown>;
  readonly conflicts: readonly FieldConflict[];
}

/**
 * Applies a patch to what stands there now, field by field. A field that still is what the patch's
 * author saw takes the new value; one that has it already needs nothing; any other is a conflict on
 * that field alone, and what stands there stays. A change that depends on other fields (see
 * field-rules.ts) conflicts with them. The order of lines never conflicts.
 */
export function mergePatch(
  collection: SyncCollection,
  current: PlainRecord,
  patch: FieldPatch,
): Merged {
  const touched = new Set(
    Object.entries(patch)
      .filter(([path, { from, to }]) => isTouched(current, path, from, to))
      .map(([path]) => path),
  );
  const values = new Map<string, unknown>();
  const conflicts: FieldConflict[] = [];
  for (const [path, { from, to }] of Object.entries(patch)) {
    if (isSameValue(from, to)) continue;
    const theirs = valueAt(current, path);
    if (isSameValue(theirs, to)) continue;
    if (touched.has(path) || dependsOnTouched(collection, path, touched)) {
      conflicts.push({ path, base: from ?? null, mine: to ?? null, theirs });
    } else {
      values.set(path, to);
    }
  }
  return { record: withValues(current, values), conflicts };
}

/** Every change of a patch as a conflict with what stands there, for what does not hold together (R34). */
export function allInConflict(current: PlainRecord, patch: FieldPatch): readonly FieldConflict[] {
  return Object.entries(patch)
    .filter(([, { from, to }]) => !isSameValue(from, to))
    .map(([path, { from, to }]) => ({
      path,
      base: from ?? null,
      mine: to ?? null,
      theirs: valueAt(current, path),
    }));
}

/** Whether somebody else has changed a field: it is neither what the author saw nor what he wants. */
function isTouched(current: PlainRecord, path: string, from: unknown, to: unknown): boolean {
  if (path.endsWith('.order')) return false;
  const now = valueAt(current, path);
  return !isSameValue(now, from) && !isSameValue(now, to);
}

function dependsOnTouched(
  collection: SyncCollection,
  path: string,
  touched: ReadonlySet<string>,
): boolean {
  const names = dependenciesOf(collection, path);
  return names.some((name) => [...touched].some((other) => isNamedBy(other, name)));
}

/**
 * The patch together with the fields that its changes depend on, held at the values that the
 * author sees. `before` is the record that the patch was made on.
 */
export function holdDependencies(
  collection: SyncCollection,
  before: PlainRecord,
  patch: FieldPatch,
): FieldPatch {
  const held: FieldPatch = {};
  for (const path of Object.keys(patch)) {
    for (const name of dependenciesOf(collection, path)) {
      for (const other of name === 'lines.*' ? linePaths(before) : [name]) {
        if (other in patch || other in held) continue;
        const value = valueAt(before, other);
        held[other] = { from: value, to: value };
      }
    }
  }
  return { ...patch, ...held };
}

function linePaths(record: PlainRecord): readonly string[] {
  const lines = record['lines'];
  return isListOfRecords(lines) ? lines.map(({ uid }) => `lines.${uid}`) : [];
}

/** The record as its author sees it: what stands there with his own changes on top, come what may. */
export function replayPatch(record: PlainRecord, patch: FieldPatch): Record<string, unknown> {
  const values = new Map(
    Object.entries(patch)
      .filter(([, { from, to }]) => !isSameValue(from, to))
      .map(([path, { to }]) => [path, to]),
  );
  return withValues(record, values);
}

/** Two patches of one author, the second made on top of the first, as one. */
export function joinPatches(first: FieldPatch, second: FieldPatch): FieldPatch {
  const joined: FieldPatch = { ...first };
  for (const [path, { from, to }] of Object.entries(second)) {
    const earlier = first[path];
    joined[path] = earlier === undefined ? { from, to } : { from: earlier.from, to };
  }
  return joined;
}
