import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';

/** A call of the API as tests make it. */
export interface TestCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1`, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestAnswer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, null for an empty body. */
  readonly body: T;
}

/** A registered, confirmed and signed-in user, owner of a business of its own. */
export interface CloudUser {
  readonly email: string;
  readonly token: string;
  readonly business: string;
  call<T = unknown>(call: TestCall): Promise<TestAnswer<T>>;
}

/** The codes that the emulator's Cognito mails: for a new address, for a new password. */
export const CODE = '123456';
export const RESET_CODE = '654321';
export const PASSWORD = 'Correct-horse-1';

/** Calls the API through its gateway, by whatever headers are given. */
export async function callApi<T = unknown>(
  { method, path, body, headers = {} }: TestCall,
  base: string = inject('cloud').apiUrl,
): Promise<TestAnswer<T>> {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: parse(text) as T };
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Signs up a new user with a business of its own. */
export async function registerUser(
  business: Readonly<Record<string, string>> = { name: 'Acme Ltd' },
  base: string = inject('cloud').apiUrl,
): Promise<CloudUser> {
  const email = `user-${randomUUID()}@acme.example`;
  const registered = await mustCall<{ readonly business_id: string }>(
    base,
    '/auth/register',
    { email, password: PASSWORD, business },
    200,
  );
  await mustCall(base, '/auth/confirm', { email, code: CODE }, 200);
  const { token } = await mustCall<{ readonly token: string }>(
    base,
    '/auth/login',
    { email, password: PASSWORD },
    200,
  );
  return {
    email,
    token,
    business: registered.business_id,
    call: ({ headers, ...call }) =>
      callApi({ ...call, headers: { authorization: `Bearer ${token}`, ...headers } }, base),
  };
}

async function mustCall<T>(base: string, path: string, body: unknown, status: number): Promise<T> {
  const answer = await callApi<T>({ method: 'POST', path, body }, base);
  if (answer.status !== status) {
    throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}
