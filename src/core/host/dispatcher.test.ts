import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { appApi, type MethodName } from '../../shared/contracts/app-api';
import { coreResponse } from '../../shared/contracts/core-protocol';
import { createDispatcher } from './dispatcher';
import type { Handlers } from './handlers';

const METHODS = Object.keys(appApi) as MethodName[];

/** Handlers that note what reaches them; what a handler does has tests of its own. */
function listening(answer: (input: unknown) => unknown = () => ({ ok: true, value: {} })) {
  const reached: string[] = [];
  const bugs: string[] = [];
  const handlers = Object.fromEntries(
    METHODS.map((name) => [
      name,
      async (input: unknown) => {
        reached.push(name);
        return answer(input);
      },
    ]),
  ) as unknown as Handlers;
  const dispatch = createDispatcher(Promise.resolve({ handlers }), ({ reference }) => {
    bugs.push(reference);
  });
  return { dispatch, reached, bugs };
}

describe('the dispatcher', () => {
  it('hands the parsed input to the handler and its answer back', async () => {
    const { dispatch, reached } = listening();
    const uids = ['0199a5a0-0000-7000-8000-000000000001'];
    expect(await dispatch({ id: 7, method: 'clients.archive', input: { uids } })).toEqual({
      id: 7,
      ok: true,
      value: {},
    });
    expect(reached).toEqual(['clients.archive']);
  });

  it('answers a method that does not exist by its name', async () => {
    const { dispatch, reached } = listening();
    for (const method of ['clients.nope', 'toString', '__proto__', 'constructor', '']) {
      expect(await dispatch({ id: 1, method, input: {} })).toEqual({
        id: 1,
        ok: false,
        error: { kind: 'unknown_method', method },
      });
    }
    expect(reached).toEqual([]);
  });

  it('names the fields of malformed input and calls no handler', async () => {
    const { dispatch, reached } = listening();
    const response = await dispatch({
      id: 1,
      method: 'clients.list',
      input: { limit: 0, sort: { by: 'shoe size', direction: 'asc' } },
    });
    expect(response).toEqual({
      id: 1,
      ok: false,
      error: {
        kind: 'refused',
        issues: [
          { field: 'limit', code: 'too_small', params: { limit: 1 } },
          { field: 'sort.by', code: 'invalid' },
        ],
      },
    });
    expect(reached).toEqual([]);
  });

  it('answers a bug in a handler with a reference and reports it', async () => {
    const { dispatch, bugs } = listening(() => {
      throw new Error('Acme Ltd owes 12');
    });
    const response = await dispatch({ id: 1, method: 'app.state', input: {} });
    expect(response).toEqual({
      id: 1,
      ok: false,
      error: { kind: 'internal', reference: bugs[0] },
    });
    expect(JSON.stringify(response)).not.toContain('Acme');
  });

  it('takes an answer that does not fit its schema for a bug', async () => {
    const { dispatch, bugs } = listening(() => ({ ok: true, value: { businesses: 'many' } }));
    const response = await dispatch({ id: 1, method: 'app.state', input: {} });
    expect(response).toMatchObject({ ok: false, error: { kind: 'internal' } });
    expect(bugs).toHaveLength(1);
  });

  it('lets a refusal of a handler pass as it is', async () => {
    const error = { kind: 'refused', issues: [{ field: 'a', code: 'b' }] };
    const { dispatch } = listening(() => ({ ok: false, error }));
    expect(await dispatch({ id: 3, method: 'app.state', input: {} })).toEqual({
      id: 3,
      ok: false,
      error,
    });
  });

  it('gives no answer to what is no call', async () => {
    const { dispatch } = listening();
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (message) => {
        expect(await dispatch(message)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('answers whatever input arrives with one well-formed response', async () => {
    const { dispatch, reached, bugs } = listening();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...METHODS),
        fc.anything({ withDate: true, withMap: true, withBigInt: true }),
        async (method, input) => {
          reached.length = 0;
          const response = await dispatch({ id: 1, method, input });
          expect(coreResponse.safeParse(response).success).toBe(true);
          const fits = appApi[method].input.safeParse(input).success;
          expect(reached.length).toBe(fits ? 1 : 0);
        },
      ),
      { numRuns: 500 },
    );
    expect(bugs.every((reference) => reference.length > 0)).toBe(true);
  });
});
