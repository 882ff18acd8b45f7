import { createHash } from 'node:crypto';

import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

import type { Route } from '../../../src/shared/contracts/rest-v1/route';
import type { ProblemIssue } from '../../../src/shared/contracts/rest-v1/problem';
import type { IdempotencyClaim } from './handlers';

export interface ReadRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly ifMatch: number | null;
  readonly idempotency: IdempotencyClaim | null;
}

const KEY = /^[\x21-\x7e]{1,255}$/u;
const ETAG = /^"(\d{1,10})"$/u;

/** Parses all that a request brings, or tells everything that is wrong with it, field by field. */
export function readRequest(
  route: Route,
  request: FastifyRequest,
): { readonly read: ReadRequest } | { readonly issues: readonly ProblemIssue[] } {
  const issues: ProblemIssue[] = [];
  const params = parsePart(route.params, request.params, 'path', issues);
  const query = parsePart(route.query, request.query ?? {}, 'query', issues);
  const body = parsePart(route.body, request.body, '', issues);
  if (route.body !== undefined && route.isBulk !== true && !isStorable(body)) {
    issues.push({ field: '', code: 'text_unprintable' });
  }
  const ifMatch = route.hasETag ? readIfMatch(request, issues) : null;
  const idempotency = route.isIdempotent ? readKey(route, request, issues) : null;
  return issues.length > 0 ? { issues } : { read: { params, query, body, ifMatch, idempotency } };
}

function parsePart(
  schema: z.ZodType | undefined,
  value: unknown,
  prefix: string,
  issues: ProblemIssue[],
): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const one of parsed.error.issues) {
    const path = [...(prefix === '' ? [] : [prefix]), ...one.path.map(String)];
    issues.push({ field: path.join('.'), code: codeOf(one), message: one.message });
  }
  return undefined;
}

export function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') {
    const code: unknown = issue.params?.['code'];
    if (typeof code === 'string') return code;
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  return issue.code;
}

/** MySQL would quietly replace half a surrogate pair, and a NUL breaks what reads it as text. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
  if (Array.isArray(value)) return value.every(isStorable);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, one]) => isStorable(key) && isStorable(one));
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function readIfMatch(request: FastifyRequest, issues: ProblemIssue[]): number | null {
  const value = headerOf(request, 'if-match');
  if (value === undefined || value.trim() === '*') return null;
  const revision = ETAG.exec(value.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  issues.push({ field: 'header.if-match', code: 'etag_invalid' });
  return null;
}

function readKey(
  route: Route,
  request: FastifyRequest,
  issues: ProblemIssue[],
): IdempotencyClaim | null {
  const key = headerOf(request, 'idempotency-key');
  if (key === undefined) return null;
  if (!KEY.test(key)) {
    issues.push({ field: 'header.idempotency-key', code: 'idempotency_key_invalid' });
    return null;
  }
  const asked = JSON.stringify([request.params, request.body ?? null]);
  const requestHash = createHash('sha256').update(asked).digest('hex');
  return { key, operation: route.operationId, requestHash };
}
