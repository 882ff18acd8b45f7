import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';
import { z } from 'zod';

/** A password that the pool's policy takes. */
export const PASSWORD = 'Correct-Horse-7-Battery';

/** The emulator's code for every address. */
const CODE = '123456';

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; null for an empty answer. */
  readonly body: unknown;
}

export interface RestOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API through the gateway; `path` below `/v1`. */
export async function rest(
  method: string,
  path: string,
  options: RestOptions = {},
): Promise<RestAnswer> {
  return restAt(inject('cloud').apiUrl, method, path, options);
}

/** The same at another address: a service itself, or another cloud. */
export async function restAt(
  base: string,
  method: string,
  path: string,
  { token, body, headers }: RestOptions = {},
): Promise<RestAnswer> {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? null : (JSON.parse(text) as unknown),
  };
}

/**
 * Calls as a careful program does: again, with the same `Idempotency-Key`, while something is away
 * (5xx, or no answer at all).
 */
export function restPatiently(
  base: string,
  method: string,
  path: string,
  options: RestOptions,
): Promise<RestAnswer> {
  const headers = { 'idempotency-key': randomUUID(), ...options.headers };
  return until(
    `an answer to ${method} ${path}`,
    async () => {
      const answer = await restAt(base, method, path, { ...options, headers }).catch(() => null);
      return answer !== null && answer.status < 500 && answer;
    },
    60,
  );
}

/** The answer's body by a schema, when the call went as it should. */
export function expectBody<T>(answer: RestAnswer, status: number, schema: z.ZodType<T>): T {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return schema.parse(answer.body);
}

export interface Tenant {
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly business: string;
}

const session = z.object({ token: z.string(), refresh_token: z.string() });

/** Registers, confirms and signs in somebody with a business of their own. */
export async function registerTenant(base = inject('cloud').apiUrl): Promise<Tenant> {
  const email = `owner-${randomUUID()}@example.com`;
  const credentials = { email, password: PASSWORD };
  const registered = await restAt(base, 'POST', '/auth/register', { body: credentials });
  const { business_id: business } = expectBody(
    registered,
    200,
    z.object({ business_id: z.string() }),
  );
  const confirmed = await restAt(base, 'POST', '/auth/confirm', { body: { email, code: CODE } });
  expectBody(confirmed, 200, z.object({ confirmed: z.literal(true) }));
  const signedIn = await restAt(base, 'POST', '/auth/login', { body: credentials });
  const { token, refresh_token: refreshToken } = expectBody(signedIn, 200, session);
  return { email, token, refreshToken, business };
}

const withId = z.looseObject({ id: z.int() });

/** A client of the tenant, with an e-mail address of its own. */
export async function createClient(
  tenant: Pick<Tenant, 'token'>,
  base = inject('cloud').apiUrl,
): Promise<{ readonly id: number; readonly email: string }> {
  const email = `client-${randomUUID()}@example.com`;
  const body = { name: 'Zażółć Gęślą sp. z o.o.', email, address: 'Long Road 1\n12345 Town' };
  const answer = await restPatiently(base, 'POST', '/clients', { token: tenant.token, body });
  return { id: expectBody(answer, 201, withId).id, email };
}

/** Waits until `look` finds something, and gives that; throws after `seconds`. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  seconds = 30,
): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}
