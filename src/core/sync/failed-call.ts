import { problem } from '../../shared/contracts/rest-v1/problem';

/** A call of the cloud that failed, as support may see it: nothing that a person wrote, no token. */
export interface FailedCall {
  /** Method and path, without the query. */
  readonly call: string;
  /** Null: there was no answer, or half of one. */
  readonly status: number | null;
  /** The cloud's own code, or what became of the connection. */
  readonly code: string | null;
  readonly milliseconds: number;
  /** As the cloud's own log has it. */
  readonly requestId: string | null;
}

export type OnFailedCall = (failed: FailedCall) => void;

/** A call on its way. */
export interface CallBegun {
  readonly method: string;
  readonly path: string;
  /** By `performance.now()`. */
  readonly began: number;
}

export function beginCall(method: string, path: string): CallBegun {
  return { method, path, began: performance.now() };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** The call got an answer that is a refusal, or that is not the cloud's. */
export function failedWith(begun: CallBegun, { status, text, headers }: Answer): FailedCall {
  const told = readProblem(text);
  return {
    ...partsOf(begun),
    status,
    code: told?.code ?? null,
    requestId: requestIdIn(headers.get('x-request-id') ?? '') ?? told?.requestId ?? null,
  };
}

/** The call got no answer. */
export function failedBy(begun: CallBegun, error: unknown): FailedCall {
  const { name, cause } = error instanceof Error ? error : new Error();
  // `fetch` wraps what happened.
  const code = codeIn(error) ?? codeIn(cause) ?? name;
  return { ...partsOf(begun), status: null, code, requestId: null };
}

function partsOf({ method, path, began }: CallBegun) {
  const [place = path] = path.split('?');
  return { call: `${method} ${place}`, milliseconds: Math.round(performance.now() - began) };
}

/** `ECONNREFUSED` and its like. */
function codeIn(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Whatever answers there may write what it likes; a code and an id look like these. */
const CODE = /^[a-z_]{1,60}$/u;
const REQUEST = /^(?:urn:doccentr:request:)?([\w-]{1,80})$/u;

function readProblem(text: string) {
  try {
    const { code, instance = '' } = problem.parse(JSON.parse(text));
    return { code: CODE.test(code) ? code : null, requestId: requestIdIn(instance) };
  } catch {
    return null;
  }
}

function requestIdIn(text: string): string | null {
  return REQUEST.exec(text)?.[1] ?? null;
}

/** The line of the log, `POST /sync/clients/mutations: 503 unavailable, 120 ms, request 1f0c…`. */
export function describeCall({ call, status, code, milliseconds, requestId }: FailedCall): string {
  const took = `${milliseconds} ms`;
  const request = requestId === null ? '' : `, request ${requestId}`;
  return `${describeFailure({ call, status, code })}, ${took}${request}`;
}

/** The same for each repetition. */
export function describeFailure({
  call,
  status,
  code,
}: Pick<FailedCall, 'call' | 'status' | 'code'>): string {
  if (status === null) return `${call}: no answer (${code ?? 'failure'})`;
  return `${call}: ${status}${code === null ? '' : ` ${code}`}`;
}
