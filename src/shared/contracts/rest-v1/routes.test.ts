import { describe, expect, it } from 'vitest';

import { COLLECTION_ORDER } from '../sync/collections';
import { ALL_ROUTES } from './routes';
import { needsToken } from './route';

describe('the table of routes', () => {
  it('names every operation once, in one way and at one place', () => {
    const ids = ALL_ROUTES.map((one) => one.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const places = ALL_ROUTES.map((one) => `${one.method} ${one.path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('gives each parameter of a path its type, and no others', () => {
    for (const one of ALL_ROUTES) {
      const inPath = [...one.path.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]);
      expect(Object.keys(one.params?.shape ?? {}), one.operationId).toEqual(inPath);
    }
  });

  it('is open to anyone only where one cannot have a token yet', () => {
    const open = ALL_ROUTES.filter((one) => !needsToken(one)).map((one) => one.operationId);
    expect(open).toEqual([
      'register',
      'confirmRegistration',
      'login',
      'refresh',
      'resetPassword',
      'confirmReset',
      'getAuthConfig',
      'getOpenApi',
    ]);
  });

  it('asks for more than looking on before it changes a business', () => {
    const loose = ALL_ROUTES.filter(
      (one) =>
        one.method !== 'GET' && typeof one.access === 'object' && one.access.member === 'viewer',
    );
    // A push without any change only asks (R61); one with changes is refused by its handler.
    const pushes = COLLECTION_ORDER.map((collection) => `/sync/${collection}/mutations`);
    expect(loose.map(({ path }) => path).toSorted()).toEqual(pushes.toSorted());
  });
});
