import type { z } from 'zod';

import { authRoutes } from '../../shared/contracts/rest-v1/auth';
import { problem } from '../../shared/contracts/rest-v1/problem';
import { ok } from '../../shared/domain/result';
import { beginCall, failedBy, failedWith, type OnFailedCall } from '../sync/failed-call';
import type { CloudResult } from './cloud-failure';
import { cloudRefused, codeOfApi, UNAUTHORISED, UNREACHABLE } from './cloud-failure';

const PATIENCE_MS = 20_000;

export interface CloudCall {
  readonly method: 'GET' | 'POST';
  /** Below `/v1`. */
  readonly path: string;
  readonly body?: unknown;
  /** The ID token; left out where anybody may call. */
  readonly token?: string;
  /** The business that the call is about. */
  readonly business?: string;
}

/** One call of the cloud's API outside of sync. Never rejects for what the network does. */
export async function callCloud<T>(
  apiUrl: string,
  call: CloudCall,
  answer: z.ZodType<T>,
  onFailedCall: OnFailedCall = () => undefined,
): Promise<CloudResult<T>> {
  const { method, path, body, token, business } = call;
  const begun = beginCall(method, path);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${apiUrl}${path}`, {
      method,
      // A token follows no redirect to another place.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(business === undefined ? {} : { 'x-business-id': business }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    onFailedCall(failedBy(begun, error));
    return UNREACHABLE;
  }
  const json = parseJson(text);
  const parsed = response.ok ? answer.safeParse(json) : null;
  if (parsed?.success === true) return ok(parsed.data);
  const { status, headers } = response;
  onFailedCall(failedWith(begun, { status, text, headers }));
  // Something else answers at this address: a hotel's sign-in page, another server.
  if (response.ok || status >= 500) return UNREACHABLE;
  if (status === 401 && token !== undefined) return UNAUTHORISED;
  const refusal = problem.safeParse(json);
  if (!refusal.success) {
    return status === 429 ? cloudRefused(429, '', 'too_many_tries') : UNREACHABLE;
  }
  const [first] = refusal.data.errors ?? [];
  return cloudRefused(status, first?.field ?? '', codeOfApi(first?.code ?? refusal.data.code));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const registration = authRoutes.register.success[200].body;
export const confirmation = authRoutes.confirmRegistration.success[200].body;
export const session = authRoutes.openSession.success[200].body;
export const memberships = authRoutes.listBusinesses.success[200].body;
