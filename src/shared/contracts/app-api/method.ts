import { z } from 'zod';

/** One call of the app-api: what goes in and what comes out, parsed on both sides. */
export interface Method<Input extends z.ZodType, Output extends z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

export function method<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Method<Input, Output> {
  return { input, output };
}

/** For calls that take nothing, or answer nothing but that it is done. */
export const nothing = z.object({});

/** Bytes travel as base64: the same over Electron's and the browser shell's transport. */
export const bytes = z.base64();

/**
 * What lists have in common. `cursor` is the `nextCursor` of the page before, opaque; with `until`,
 * another such cursor, the page holds no row that comes after it. A page that has all rows up to
 * there answers `until` as its `nextCursor`.
 */
export const pageRequest = {
  /** Words to look for, accents of every script folded. Found records come newest first. */
  search: z.string().max(200).optional(),
  cursor: z.string().max(500).optional(),
  until: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).default(50),
};

export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), nextCursor: z.string().nullable() });
}

/** Sort order of a list by one of its columns; ties are broken by age. */
export function sortBy<const Columns extends readonly [string, ...string[]]>(columns: Columns) {
  return z.object({ by: z.enum(columns), direction: z.enum(['asc', 'desc']) });
}

/** Archived records are out of the way but in use; deleted ones can be brought back by undo. */
export const shelf = z.enum(['active', 'archived']);

/** A warning or a reason, see domain/result.ts. */
export const issueSchema = z.object({
  field: z.string(),
  code: z.string(),
  params: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .readonly()
    .exactOptional(),
});
