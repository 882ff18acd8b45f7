import { randomUUID } from 'node:crypto';

import type { z } from 'zod';

import {
  appApi,
  isMethodName,
  type MethodName,
  type ParsedInput,
} from '../../shared/contracts/app-api';
import {
  coreRequest,
  type ApiError,
  type CoreRequest,
  type CoreResponse,
} from '../../shared/contracts/core-protocol';
import type { App, Handler } from './handlers';
import { parseInput } from './issues';

/** Writes a bug to the log. `reference` is what the user sees of it. */
export type ReportBug = (bug: {
  readonly reference: string;
  readonly method: string;
  readonly error: unknown;
}) => void;

export type Dispatch = (message: unknown) => Promise<CoreResponse | null>;

/**
 * Answers the calls of a shell: the envelope and the input are parsed, the handler runs, its answer
 * is parsed. Whatever is malformed is refused before a handler sees it, so it changes nothing. A
 * message that is no call at all gets no answer (null), as nobody could be told.
 */
export function createDispatcher(app: Promise<Pick<App, 'handlers'>>, report: ReportBug): Dispatch {
  return async function dispatch(message) {
    const request = coreRequest.safeParse(message);
    if (!request.success) return null;
    return await answer(request.data, app, report);
  };
}

async function answer(
  request: CoreRequest,
  app: Promise<Pick<App, 'handlers'>>,
  report: ReportBug,
): Promise<CoreResponse> {
  const { id, method, input } = request;
  if (!isMethodName(method)) return failure(id, { kind: 'unknown_method', method });
  try {
    const { handlers } = await app;
    return await call(id, method, input, handlers[method]);
  } catch (error) {
    const reference = randomUUID();
    report({ reference, method, error });
    return failure(id, { kind: 'internal', reference });
  }
}

/** Input, handler and output belong to the one `method`, which the types cannot follow. */
async function call(
  id: number,
  method: MethodName,
  input: unknown,
  handler: Handler<MethodName>,
): Promise<CoreResponse> {
  const parsed = parseInput<z.ZodType>(appApi[method].input, input);
  if (!parsed.ok) return failure(id, { kind: 'refused', issues: parsed.error });
  const result = await handler(parsed.value as ParsedInput<MethodName>);
  if (!result.ok) return failure(id, result.error);
  return { id, ok: true, value: appApi[method].output.parse(result.value) };
}

function failure(id: number, error: ApiError): CoreResponse {
  return { id, ok: false, error };
}
