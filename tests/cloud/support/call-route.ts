import { inject } from 'vitest';

import type { TestAnswer, TestCall } from '../../../backend/kit/testing/cloud-user';
import { callApi } from '../../../backend/kit/testing/cloud-user';
import type { Problem } from '../../../src/shared/contracts/rest-v1/problem';
import type { Route } from '../../../src/shared/contracts/rest-v1/route';
import type { ValidCall } from './valid-calls';

/** The gateway and, behind it, the service itself: neither relies on the other. */
export const DOORS = ['gateway', 'service'] as const;
type Door = (typeof DOORS)[number];

/** Calls an operation of the route table. */
export function callRoute(
  route: Route,
  { params = {}, query, body }: ValidCall,
  headers: Readonly<Record<string, string>>,
  door: Door = 'gateway',
): Promise<TestAnswer<Problem & { readonly id?: unknown }>> {
  const path = route.path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(params[name]));
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  const { services, apiUrl } = inject('cloud');
  const request: TestCall = { method: route.method, path: `${path}${search}`, body, headers };
  return callApi(request, door === 'gateway' ? apiUrl : `${services[route.service] ?? ''}/v1`);
}

export function withToken(token: string, more: Readonly<Record<string, string>> = {}) {
  return { authorization: `Bearer ${token}`, ...more };
}
