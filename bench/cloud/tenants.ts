import { z } from 'zod';

import type { Cloud } from '../../backend/local/cloud';

/** A user with a business of its own, signed in. */
export interface BenchTenant {
  readonly email: string;
  readonly token: string;
  readonly business: string;
}

export const PASSWORD = 'Correct-horse-1';
const json = { 'content-type': 'application/json' };

/** Posts to the API and reads the answer; throws for anything but success. */
export async function post(
  base: string,
  path: string,
  body: unknown,
  token?: string,
): Promise<unknown> {
  const answer = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: token === undefined ? json : { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Registers `count` tenants, one after the other. */
export async function registerTenants(
  cloud: Cloud,
  count: number,
): Promise<readonly BenchTenant[]> {
  const tenants: BenchTenant[] = [];
  for (let index = 0; index < count; index += 1) {
    const email = `bench-${index}-${Date.now()}@example.com`;
    const credentials = { email, password: PASSWORD };
    const registered = await post(cloud.api, '/auth/register', credentials);
    await post(cloud.api, '/auth/confirm', { email, code: '123456' });
    const session = await post(cloud.api, '/auth/login', credentials);
    tenants.push({
      email,
      business: z.object({ business_id: z.string() }).parse(registered).business_id,
      token: z.object({ token: z.string() }).parse(session).token,
    });
  }
  return tenants;
}

const created = z.object({ id: z.int() });

export async function createClient(cloud: Cloud, tenant: BenchTenant): Promise<number> {
  const email = `client-${crypto.randomUUID()}@example.com`;
  return created.parse(await post(cloud.api, '/clients', { name: 'Bench', email }, tenant.token))
    .id;
}
