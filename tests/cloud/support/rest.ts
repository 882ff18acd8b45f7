import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';
import { z } from 'zod';

import type { CloudUser, TestAnswer, TestCall } from '../../../backend/kit/testing/cloud-user';
import { callApi, registerUser } from '../../../backend/kit/testing/cloud-user';

type Method = TestCall['method'];

export interface RestOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API through the gateway; `path` below `/v1`. */
export function rest(method: Method, path: string, options: RestOptions = {}): Promise<TestAnswer> {
  return restAt(inject('cloud').apiUrl, method, path, options);
}

/** The same at another address: a service itself, or another cloud. */
export function restAt(
  base: string,
  method: Method,
  path: string,
  { token, body, headers }: RestOptions = {},
): Promise<TestAnswer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return callApi({ method, path, body, headers: { ...authorization, ...headers } }, base);
}

/**
 * Calls as a careful program does: again, with the same `Idempotency-Key`, while something is away
 * (5xx, or no answer at all).
 */
export function restPatiently(
  base: string,
  method: Method,
  path: string,
  options: RestOptions,
): Promise<TestAnswer> {
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
export function expectBody<T>(answer: TestAnswer, status: number, schema: z.ZodType<T>): T {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return schema.parse(answer.body);
}

export type Tenant = CloudUser;

/** Registers, confirms and signs in somebody with a business of their own. */
export function registerTenant(base = inject('cloud').apiUrl): Promise<Tenant> {
  return registerUser(undefined, base);
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
