import type { FieldConflict } from '../../shared/contracts/sync/protocol';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { rootOf, withValues } from '../../shared/sync/field-paths';

/** A form of one record and what it knows of the record. */
export interface FormState<Values> {
  readonly values: Values;
  /** The record that `values` began with: what differs from it was typed here. */
  readonly base: Values;
  /** The record as it was given last; it may be older than `base` just after saving. */
  readonly given: Values;
  /** Fields that were typed into here and changed elsewhere since. */
  readonly overtaken: readonly string[];
}

/** What is kept of a form that was not saved: what was typed, and over what. */
export interface TypedFields<Values> {
  readonly values: Partial<Values>;
  readonly base: Partial<Values>;
}

export function startForm<Values>(given: Values): FormState<Values> {
  return { values: given, base: given, given, overtaken: [] };
}

/** The record is another now: what was not touched here follows, what was typed stays (R72). */
export function followRecord<Values extends object>(
  { values, base, overtaken }: FormState<Values>,
  given: Values,
): FormState<Values> {
  const typed = changedFields(values, base);
  const moved = Object.keys(changedFields(given, base)).filter((field) => field in typed);
  const next = { ...given, ...typed };
  return {
    values: next,
    base: given,
    given,
    overtaken: differing([...new Set([...overtaken, ...moved])], next, given),
  };
}

/** The form as it was saved; what was typed since `sent` stays. */
export function followSave<Values extends object>(
  { values, given }: FormState<Values>,
  sent: Values,
  saved: Values,
): FormState<Values> {
  const typed = changedFields(values, sent);
  return { values: { ...saved, ...typed }, base: saved, given, overtaken: [] };
}

/** Brings back what was typed earlier; the record may have been changed elsewhere meanwhile. */
export function restoreTyped<Values extends object>(
  state: FormState<Values>,
  kept: TypedFields<Values>,
): FormState<Values> {
  const values = { ...state.values, ...kept.values };
  const began = { ...state.base, ...kept.base };
  const moved = Object.keys(changedFields(state.base, began));
  return { ...state, values, overtaken: differing(moved, values, state.base) };
}

/** Those of some fields of a record that a form has: the others are on other pages. */
export function fieldsIn<Field extends { readonly path: string }>(
  values: object,
  fields: readonly Field[],
): readonly Field[] {
  return fields.filter(({ path }) => rootOf(path) in values);
}

/** Words for fields of a form, and over what they were typed, as far as the form has the fields. */
export function wordsFor<Values extends object>(
  values: Values,
  fields: readonly Pick<FieldConflict, 'path' | 'base' | 'mine'>[],
): TypedFields<Values> {
  const known = fieldsIn(values, fields);
  const roots = known.map(({ path }) => rootOf(path));
  const take = (side: 'base' | 'mine'): Partial<Values> => {
    const changed = withValues(
      values as PlainRecord,
      new Map(known.map((field) => [field.path, field[side]])),
    );
    return Object.fromEntries(roots.map((root) => [root, changed[root]])) as Partial<Values>;
  };
  return { values: take('mine'), base: take('base') };
}

/** Lets what came from elsewhere stand in the fields that were overtaken. */
export function takeTheirs<Values extends object>(state: FormState<Values>): FormState<Values> {
  const theirs = Object.entries(state.base).filter(([field]) => state.overtaken.includes(field));
  const values = { ...state.values, ...Object.fromEntries(theirs) };
  return { ...state, values, overtaken: [] };
}

/** What was typed into a form and not saved. */
export function typedFields<Values extends object>({
  values,
  base,
}: FormState<Values>): TypedFields<Values> {
  return { values: changedFields(values, base), base: changedFields(base, values) };
}

/** The fields that differ from what the form began with: only these are somebody's words. */
function changedFields<Values extends object>(values: Values, from: Values): Partial<Values> {
  const changed: Partial<Values> = {};
  for (const field of Object.keys(values) as (keyof Values)[]) {
    if (JSON.stringify(values[field]) !== JSON.stringify(from[field])) {
      changed[field] = values[field];
    }
  }
  return changed;
}

function differing<Values extends object>(
  fields: readonly string[],
  values: Values,
  from: Values,
): readonly string[] {
  const changed = changedFields(values, from);
  return fields.filter((field) => field in changed);
}
