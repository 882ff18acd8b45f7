import type { Decision, Side } from '../../../shared/contracts/app-api/sync';
import type { FieldConflict } from '../../../shared/contracts/sync/protocol';
import { isSameValue } from '../../../shared/sync/field-paths';

/** What somebody has chosen of a conflict so far, and between what. */
export interface ConflictChoices {
  /** As they are shown. */
  readonly fields: readonly FieldConflict[];
  readonly sides: Readonly<Record<string, Side>>;
  /** Paths of fields that changed while they were shown, and were not chosen again since. */
  readonly moved: readonly string[];
}

export function startChoices(fields: readonly FieldConflict[]): ConflictChoices {
  return { fields, sides: {}, moved: [] };
}

/** The conflict is another by now: a choice between other values is none (R37). */
export function followFields(
  { fields: before, sides, moved }: ConflictChoices,
  fields: readonly FieldConflict[],
): ConflictChoices {
  const known = new Map(before.map((field) => [field.path, field]));
  const stays = ({ path, mine, theirs }: FieldConflict): boolean => {
    const field = known.get(path);
    return (
      field !== undefined && isSameValue(field.mine, mine) && isSameValue(field.theirs, theirs)
    );
  };
  const others = fields.filter((field) => !stays(field)).map(({ path }) => path);
  return {
    fields,
    sides: Object.fromEntries(Object.entries(sides).filter(([path]) => !others.includes(path))),
    moved: fields
      .map(({ path }) => path)
      .filter((path) => others.includes(path) || moved.includes(path)),
  };
}

export function choose(choices: ConflictChoices, path: string, side: Side): ConflictChoices {
  return {
    ...choices,
    sides: { ...choices.sides, [path]: side },
    moved: choices.moved.filter((one) => one !== path),
  };
}

/** The choices as they are told; null while a field has none. */
export function decisionsOf({ fields, sides }: ConflictChoices): Decision[] | null {
  const decisions = fields.flatMap((field) => decided(field, sides[field.path]));
  return decisions.length === fields.length ? decisions : null;
}

/** The same side for every field. */
export function allOf({ fields }: ConflictChoices, side: Side): Decision[] {
  return fields.flatMap((field) => decided(field, side));
}

function decided({ path, mine, theirs }: FieldConflict, keep: Side | undefined): Decision[] {
  return keep === undefined ? [] : [{ path, mine, theirs, keep }];
}
