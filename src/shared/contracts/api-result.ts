import { z } from 'zod';

import type { Result } from '../domain/result';
import { appApi, type MethodName, type MethodOutput } from './app-api';
import { apiError, type ApiError } from './core-protocol';

/** What a shell answers to a page: the outcome of one call, its value not parsed yet. */
export const apiResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: apiError }),
]);
export type ApiResult = z.infer<typeof apiResult>;

/** Parses an answer by the method's own output; throws (a bug) when it does not fit. */
export function parseResult<Name extends MethodName>(
  name: Name,
  answer: unknown,
): Result<MethodOutput<Name>, ApiError> {
  const result = apiResult.parse(answer);
  if (!result.ok) return result;
  return { ok: true, value: appApi[name].output.parse(result.value) as MethodOutput<Name> };
}
