import type { z } from 'zod';

/** The six services of the cloud; each owns its routes, its database and its queue. */
export const SERVICES = ['auth', 'clients', 'orders', 'invoices', 'pdf', 'notifications'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** What a member may do in a business; each role may do everything that stands before it. */
export const ROLES = ['viewer', 'bookkeeper', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** A successful answer: 200, 201 or 204 (without a body). */
export interface RouteReply {
  readonly description: string;
  readonly body?: z.ZodType;
}

/**
 * One operation of the REST contract. Everything that has to agree on it is made from this table:
 * the API gateway, the services, the OpenAPI document and the tests that try every operation.
 */
export interface Route {
  /** `listClients`: unique, and the name of its handler. */
  readonly operationId: string;
  readonly service: ServiceName;
  readonly tag: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1`, parameters in braces: `/clients/{clientId}`. */
  readonly path: string;
  /**
   * `member`: a token, and the role that the caller needs in the business that the call names.
   * `token`: a token alone; `none`: anyone.
   */
  readonly access: 'none' | 'token' | { readonly member: Role };
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The successful answer's status and shape. */
  readonly success: Readonly<Partial<Record<200 | 201 | 204, RouteReply>>>;
  /** Takes `Idempotency-Key`: the same key with the same body is answered with the first outcome. */
  readonly isIdempotent?: true;
  /** Answers carry an `ETag`; changes take `If-Match` and answer 409 when it is stale. */
  readonly hasETag?: true;
  /** Takes `limit` and `cursor`; a `Link` header with `rel="next"` leads on. */
  readonly isPaged?: true;
  /**
   * Many records of a device in one call: large, and each refused by itself where it is wrong, so
   * that one never stops the others.
   */
  readonly isBulk?: true;
  /** Refusals besides those that follow from the rest: 401 of a sign-in. */
  readonly refusals?: readonly (401 | 404 | 409)[];
}

/** Keeps the exact type of a route, so that handlers are checked against it. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

/** Whether a call of the route needs a token. */
export function needsToken(definition: Pick<Route, 'access'>): boolean {
  return definition.access !== 'none';
}
