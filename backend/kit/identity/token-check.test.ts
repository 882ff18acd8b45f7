import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair, createLocalJWKSet, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ServiceUnavailableError } from './service-unavailable';
import type { TokenCheck } from './token-check';
import { createTokenCheck } from './token-check';

const ISSUER = 'https://idp.example/pool';
const CLIENT = 'client-of-the-app';

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

let checkToken: TokenCheck;
let own: PrivateKey;
let foreign: PrivateKey;

beforeAll(async () => {
  const pool = await generateKeyPair('RS256');
  own = pool.privateKey;
  foreign = (await generateKeyPair('RS256')).privateKey;
  const jwk = { ...(await exportJWK(pool.publicKey)), kid: 'one', alg: 'RS256' };
  checkToken = createTokenCheck(
    { issuer: ISSUER, jwksUri: `${ISSUER}/jwks.json`, userPoolClientId: CLIENT },
    createLocalJWKSet({ keys: [jwk] }),
  );
});

interface Wanted {
  readonly issuer?: string;
  readonly audience?: string;
  readonly use?: string;
  readonly expires?: string | number;
  readonly key?: PrivateKey;
}

function tokenOf(wanted: Wanted = {}): Promise<string> {
  return new SignJWT({ token_use: wanted.use ?? 'id', email: 'Someone@Example.com' })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setSubject('user-1')
    .setIssuer(wanted.issuer ?? ISSUER)
    .setAudience(wanted.audience ?? CLIENT)
    .setExpirationTime(wanted.expires ?? '5m')
    .sign(wanted.key ?? own);
}

describe('without the keys of the pool', () => {
  let status: number;
  let body: string;
  let server: Server;

  beforeAll(async () => {
    server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  function checkAt(port: number) {
    const jwksUri = `http://127.0.0.1:${port}/jwks.json`;
    return createTokenCheck({ issuer: ISSUER, jwksUri, userPoolClientId: CLIENT });
  }

  it.each([
    ['fails', 500, ''],
    ['says nothing of use', 200, 'no JSON'],
    ['has no keys', 200, '{}'],
  ])('nobody is refused for good: the pool %s', async (_, answered, text) => {
    [status, body] = [answered, text];
    const check = checkAt((server.address() as AddressInfo).port);
    await expect(check(await tokenOf())).rejects.toThrow(ServiceUnavailableError);
  });

  it('nobody is refused for good: the pool cannot be reached', async () => {
    await expect(checkAt(1)(await tokenOf())).rejects.toThrow(ServiceUnavailableError);
  });

  it('what names another key is refused', async () => {
    [status, body] = [200, '{"keys":[]}'];
    const check = checkAt((server.address() as AddressInfo).port);
    expect(await check(await tokenOf())).toBeNull();
  });
});

describe('checking a token', () => {
  it('tells who an ID token of the pool speaks for', async () => {
    expect(await checkToken(await tokenOf())).toMatchObject({
      sub: 'user-1',
      email: 'someone@example.com',
    });
  });

  it.each([
    ['another issuer', { issuer: 'https://idp.example/other' }],
    ['another client', { audience: 'another' }],
    ['an access token', { use: 'access' }],
    ['one that has expired', { expires: Math.floor(Date.now() / 1_000) - 10 }],
  ] satisfies readonly (readonly [string, Wanted])[])('refuses %s', async (_, wanted) => {
    expect(await checkToken(await tokenOf(wanted))).toBeNull();
  });

  it('refuses a signature by another key, and what is no token', async () => {
    expect(await checkToken(await tokenOf({ key: foreign }))).toBeNull();
    expect(await checkToken('abc')).toBeNull();
    const [head, claims] = (await tokenOf()).split('.');
    expect(await checkToken(`${head!}.${claims!}.`)).toBeNull();
  });

  it('forgets a token that it knew when the token expires', async () => {
    const token = await tokenOf({ expires: Math.floor(Date.now() / 1_000) + 2 });
    expect(await checkToken(token)).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await checkToken(token)).toBeNull();
  });
});
