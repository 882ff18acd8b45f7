import type { z } from 'zod';

import { err, issue, ok, type Issue, type Result } from '../../shared/domain/result';

type ZodIssue = z.core.$ZodIssue;

/** Parses the input of a call; what is wrong with it comes back as issues. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Result<z.output<Schema>, readonly Issue[]> {
  // The value tells a missing field from a malformed one; it goes no further than this file.
  const parsed = schema.safeParse(input, { reportInput: true });
  return parsed.success ? ok(parsed.data) : err(issuesOf(parsed.error));
}

/**
 * Malformed input as reasons that the renderer can word: the field's path joined by dots, a stable
 * code, and the limits that a sentence about it needs.
 */
function issuesOf(error: z.ZodError): readonly Issue[] {
  return error.issues.flatMap((found) => toIssues(found));
}

function toIssues(found: ZodIssue): readonly Issue[] {
  const field = found.path.map(String).join('.');
  switch (found.code) {
    case 'invalid_type':
      return [issue(field, isMissing(found) ? 'required' : 'invalid')];
    case 'too_small':
      return [tooSmall(field, found)];
    case 'too_big':
      return [
        issue(field, isLength(found.origin) ? 'too_long' : 'too_large', limit(found.maximum)),
      ];
    case 'unrecognized_keys':
      return found.keys.map((key) =>
        issue(field === '' ? key : `${field}.${key}`, 'unknown_field'),
      );
    case 'custom':
      return [issue(field, customCode(found.params) ?? 'invalid', customParams(found.params))];
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_value':
    case 'invalid_format':
    case 'not_multiple_of':
      return [issue(field, isMissing(found) ? 'required' : 'invalid')];
  }
}

function tooSmall(field: string, found: z.core.$ZodIssueTooSmall): Issue {
  const minimum = Number(found.minimum);
  if (!isLength(found.origin)) return issue(field, 'too_small', limit(found.minimum));
  return minimum === 1 ? issue(field, 'required') : issue(field, 'too_short', limit(minimum));
}

/** Needs `reportInput`, see `parseInput`. */
function isMissing(found: ZodIssue): boolean {
  return found.input === undefined || found.input === '';
}

function isLength(origin: string): boolean {
  return origin === 'string' || origin === 'array' || origin === 'set' || origin === 'file';
}

function limit(value: number | bigint): { readonly limit: number } {
  return { limit: Number(value) };
}

function customCode(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const code = params?.['code'];
  return typeof code === 'string' ? code : undefined;
}

/** Values of a refinement's `params` besides its code. */
function customParams(params: Readonly<Record<string, unknown>> | undefined): Issue['params'] {
  const rest: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(params ?? {})) {
    if (key !== 'code' && (typeof value === 'string' || typeof value === 'number')) {
      rest[key] = value;
    }
  }
  return Object.keys(rest).length > 0 ? rest : undefined;
}
