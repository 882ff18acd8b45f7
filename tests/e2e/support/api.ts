import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contracts/app-api';
import { parseResult } from '../../../src/shared/contracts/api-result';
import { sessionAnswer } from '../../../src/shared/contracts/browser-shell';
import type { ApiError } from '../../../src/shared/contracts/core-protocol';
import type { Result } from '../../../src/shared/domain/result';

/** Answers one call, whatever carries it. */
export type Carry = (method: string, input: unknown) => Promise<unknown>;

/** The app-api without a page, to bring in what a test starts from and to look at what it left. */
export interface Api {
  /** The value; a refusal fails the test and says why. */
  <Name extends MethodName>(name: Name, input: MethodInput<Name>): Promise<MethodOutput<Name>>;
  /** The outcome, for refusals that are expected. */
  result<Name extends MethodName>(
    name: Name,
    input: MethodInput<Name>,
  ): Promise<Result<MethodOutput<Name>, ApiError>>;
}

export function createApi(carry: Carry): Api {
  async function result<Name extends MethodName>(name: Name, input: MethodInput<Name>) {
    return parseResult(name, await carry(name, input));
  }
  async function value<Name extends MethodName>(name: Name, input: MethodInput<Name>) {
    const outcome = await result(name, input);
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
    return outcome.value;
  }
  return Object.assign(value, { result });
}

/** Calls over HTTP to a browser shell, with a session of their own. */
export async function carryOverHttp(address: string, token: string): Promise<Carry> {
  const session = await openSession(address, token);
  return async (method, input) => {
    const response = await fetch(`${address}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const answer: unknown = await response.json();
    return answer;
  };
}

/** Trades the printed token for a session. */
export async function openSession(address: string, token: string): Promise<string> {
  const response = await fetch(`${address}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return sessionAnswer.parse(await response.json()).session;
}
