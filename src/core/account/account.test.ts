import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { refused } from '../../shared/domain/result';
import { callCloud } from './cloud-api';
import { createMachine, PASSWORD, type TestMachine } from './testing/test-account';

const machines: TestMachine[] = [];
const servers: Server[] = [];

function newMachine(cloudUrl: string | null): TestMachine {
  const machine = createMachine(cloudUrl);
  machines.push(machine);
  return machine;
}

/** A server that is no cloud; answers its address. */
async function serve(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, headers).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const machine of machines.splice(0)) machine.remove();
  for (const server of servers.splice(0)) server.close();
});

const NOBODY = 'http://127.0.0.1:9';

describe('an account without a cloud', () => {
  it('is none, and says what is missing', async () => {
    const account = await newMachine(null).start();
    expect(account.cloud).toBeNull();
    expect(account.kind).toBe('none');
    expect(await account.signIn('anna@acme.example', PASSWORD)).toEqual(
      refused('', 'cloud_not_configured'),
    );
    expect(await account.confirmSignIn('123456')).toEqual(refused('', 'sign_in_again'));
    await account.signOut();
    expect(account.kind).toBe('none');
  });

  it('says that a cloud does not answer', async () => {
    const account = await newMachine(NOBODY).start();
    const unreachable = refused('', 'cloud_unreachable');
    expect(await account.signUp('Acme', 'anna@acme.example', PASSWORD)).toEqual(unreachable);
    expect(await account.signIn('anna@acme.example', PASSWORD)).toEqual(unreachable);
    expect(await account.startReset('anna@acme.example')).toEqual(unreachable);
  });

  it('remembers the setting and the name of the device', async () => {
    const machine = newMachine(NOBODY);
    const account = await machine.start();
    expect(account.setCloud('http://cloud.acme.example')).toEqual(
      refused('apiUrl', 'https_needed'),
    );
    expect(account.setCloud('https://cloud.acme.example/v1/').ok).toBe(true);
    account.setDeviceName("Anna's laptop");
    const restarted = await machine.start();
    expect(restarted.cloud).toEqual({
      apiUrl: 'https://cloud.acme.example/v1',
      source: 'setting',
    });
    expect(restarted.deviceName).toBe("Anna's laptop");
    restarted.setCloud(null);
    expect(restarted.cloud?.source).toBe('environment');
  });
});

describe('a sign-in whose tokens are gone', () => {
  const ACCOUNT = {
    apiUrl: null,
    deviceName: null,
    account: {
      id: 'b7c0b8a2-6f6b-4d0a-9d5e-0d5c6f1f8a11',
      email: 'anna@acme.example',
      apiUrl: NOBODY,
      pool: { userPoolId: 'eu-west-1_one', userPoolClientId: 'client', endpoint: NOBODY },
    },
  };

  it('is expired: it names its address and asks nobody anything', async () => {
    const machine = newMachine(NOBODY);
    writeFileSync(join(machine.dataDirectory, 'account.json'), JSON.stringify(ACCOUNT));
    const account = await machine.start();
    expect(account.kind).toBe('expired');
    expect(account.known?.email).toBe('anna@acme.example');
    expect(await account.idToken()).toEqual({ ok: false, error: { kind: 'unauthorised' } });
  });

  it('can be signed out of without a connection', async () => {
    const machine = newMachine(NOBODY);
    writeFileSync(join(machine.dataDirectory, 'account.json'), JSON.stringify(ACCOUNT));
    const account = await machine.start();
    await account.signOut();
    expect(account.kind).toBe('none');
    expect(existsSync(join(machine.dataDirectory, 'sign-in.json'))).toBe(false);
  });
});

describe('a call of the cloud', () => {
  const GET = { method: 'GET', path: '/businesses', token: 'secret' } as const;
  const answer = z.object({ fine: z.boolean() });
  const unreachable = { ok: false, error: { kind: 'unreachable' } };

  it('hands its token to nobody that it is sent on to', async () => {
    const seen: string[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization ?? '');
      response.end('{"fine":true}');
    });
    servers.push(other);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    const url = await serve(302, { location }, '');
    expect(await callCloud(url, GET, answer)).toEqual(unreachable);
    expect(seen).toEqual([]);
  });

  it.each([
    ["a hotel's sign-in page", 200, '<html>Welcome</html>'],
    ['a broken service', 503, '{}'],
    ['a proxy in the way', 407, 'no'],
  ])('takes %s for no connection', async (_what, status, body) => {
    expect(await callCloud(await serve(status, {}, body), GET, answer)).toEqual(unreachable);
  });

  it("tells a refused token from the gateway's throttling", async () => {
    expect(await callCloud(await serve(401, {}, '{}'), GET, answer)).toEqual({
      ok: false,
      error: { kind: 'unauthorised' },
    });
    expect(await callCloud(await serve(429, {}, '{}'), GET, answer)).toEqual({
      ok: false,
      error: { kind: 'refused', status: 429, issue: { field: '', code: 'too_many_tries' } },
    });
  });
});
