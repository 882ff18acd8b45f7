import type { Problem, ProblemIssue } from '../../../src/shared/contracts/rest-v1/problem';
import type { DomainError, Issue } from '../../../src/shared/domain/result';

type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 503;

/** An expected failure of a call, as a value: becomes `application/problem+json`. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly status: RefusalStatus;
  /** Stable, in snake_case. */
  readonly code: string;
  readonly detail?: string;
  readonly issues?: readonly ProblemIssue[];
  readonly retryAfterSeconds?: number;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'Authentication is needed',
  403: 'Your role does not allow this',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'The request conflicts with what stands there',
  413: 'The request is too large',
  415: 'The body must be application/json',
  429: 'Too many requests',
  500: 'Something went wrong',
  503: 'Temporarily unavailable',
};

export function refuse(
  status: RefusalStatus,
  code: string,
  more: Omit<Refusal, 'kind' | 'status' | 'code'> = {},
): Refusal {
  return { kind: 'refusal', status, code, ...more };
}

/** 400 for the given fields. */
export function invalid(issues: readonly ProblemIssue[]): Refusal {
  return refuse(400, 'invalid_request', { issues });
}

/** 404, for what does not exist as for what belongs to another tenant. */
export function notFound(entity: string): Refusal {
  return refuse(404, `${entity}_not_found`);
}

/** 409, with the field that it is about where there is one. */
export function conflict(code: string, issues?: readonly ProblemIssue[]): Refusal {
  return refuse(409, code, issues === undefined ? {} : { issues });
}

/** 503: the same call may succeed in a moment. */
export function unavailable(code = 'temporarily_unavailable'): Refusal {
  return refuse(503, code, { retryAfterSeconds: 2 });
}

/** What a rule of the domain refused, as bad input. */
export function refusalOf(error: DomainError): Refusal {
  return error.kind === 'not_found' ? notFound(error.entity) : invalid(error.issues.map(plain));
}

function plain(issue: Issue): ProblemIssue {
  const { field, code, params } = issue;
  return params === undefined ? { field, code } : { field, code, params: { ...params } };
}

/** The body of an error answer (RFC 9457). */
export function problemOf(
  status: number,
  code: string,
  requestId: string,
  more: Pick<Refusal, 'detail' | 'issues'> = {},
): Problem {
  return {
    type: `urn:doccentr:problem:${code}`,
    title: TITLES[status] ?? 'Refused',
    status,
    code,
    instance: `urn:doccentr:request:${requestId}`,
    ...(more.detail === undefined ? {} : { detail: more.detail }),
    ...(more.issues === undefined ? {} : { errors: [...more.issues] }),
  };
}
