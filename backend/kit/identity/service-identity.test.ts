import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { problem } from '../../../src/shared/contracts/rest-v1/problem';
import { createHttpServer } from '../http/http-server';
import { addInternalRoutes } from '../http/internal-routes';
import { createLog } from '../telemetry/log';
import { SERVICE_HEADER } from './service-calls';
import type { ServiceIdentity } from './service-identity';
import { createServiceIdentity } from './service-identity';

/** What STS does with whoever asks; the emulator's is always there and never busy. */
let answer: { readonly status: number; readonly body: string } | 'hangs up';
let sts: Server;
let server: FastifyInstance;
let orders: ServiceIdentity;

const roleArns = { orders: 'arn:aws:iam::1:role/doccentr-orders' };
const IDENTITY = {
  status: 200,
  body: '<Arn>arn:aws:sts::1:assumed-role/doccentr-orders/one</Arn>',
};

beforeAll(async () => {
  sts = createServer((request, response) => {
    if (answer === 'hangs up') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'text/xml' });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(sts.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  orders = createServiceIdentity('orders', 'eu-central-1', endpoint, { roleArns });
  const auth = createServiceIdentity('auth', 'eu-central-1', endpoint, { roleArns });
  const log = createLog('test', 'silent');
  server = createHttpServer({ log, isReady: () => Promise.resolve(true) });
  const question = {
    method: 'GET',
    path: '/things',
    callers: ['orders'],
    answer: () => Promise.resolve({ is: 'known' }),
  } as const;
  addInternalRoutes(server, [question], auth);
});

afterAll(async () => {
  await server.close();
  sts.closeAllConnections();
  sts.close();
  vi.unstubAllEnvs();
});

async function ask() {
  const headers = { [SERVICE_HEADER]: await orders.tokenFor('auth') };
  return server.inject({ url: '/internal/v1/things', headers });
}

it.each<readonly [string, typeof answer]>([
  ['cannot be reached', 'hangs up'],
  ['fails', { status: 500, body: 'InternalFailure' }],
  ['is too busy', { status: 400, body: '<Code>Throttling</Code>' }],
])('a service asks again later while STS %s', async (_, state) => {
  answer = state;
  const refused = await ask();
  expect(refused.statusCode).toBe(503);
  expect(refused.headers['retry-after']).toBeDefined();
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(problem.parse(refused.json()).code).toBe('temporarily_unavailable');
});

it.each([
  ['of another account', 'arn:aws:sts::2:assumed-role/doccentr-orders/one'],
  ['of another role', 'arn:aws:sts::1:assumed-role/doccentr-order/one'],
  ['that only ends in the name', 'arn:aws:sts::1:assumed-role/x/doccentr-orders'],
  ['that is a user', 'arn:aws:iam::1:user/doccentr-orders'],
])('a role %s is nobody', async (_, arn) => {
  answer = { status: 200, body: `<Arn>${arn}</Arn>` };
  expect((await ask()).statusCode).toBe(401);
});

it('a signature that STS refuses is nobody, and one that it knows is known for a while', async () => {
  answer = { status: 403, body: '<Code>SignatureDoesNotMatch</Code>' };
  expect((await ask()).statusCode).toBe(401);
  answer = IDENTITY;
  expect((await ask()).json()).toEqual({ is: 'known' });
  answer = 'hangs up';
  expect((await ask()).json()).toEqual({ is: 'known' });
});
