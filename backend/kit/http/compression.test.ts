import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { route } from '../../../src/shared/contracts/rest-v1/route';
import { newUid } from '../../../src/shared/domain/ids';
import { createLog } from '../telemetry/log';
import { addRoutes, createHttpServer } from './http-server';

const COMMON = { service: 'clients', tag: 'Test', access: 'none' } as const;
const TEXT = JSON.stringify({ notes: 'Zażółć '.repeat(500) });

const routes = {
  readText: route({
    ...COMMON,
    operationId: 'readText',
    summary: 'Read',
    method: 'GET',
    path: '/texts/{size}',
    params: z.object({ size: z.enum(['long', 'short']) }),
    success: { 200: { description: 'Text', body: z.object({ notes: z.string() }) } },
  }),
  measure: route({
    ...COMMON,
    operationId: 'measure',
    summary: 'Measure',
    method: 'POST',
    path: '/measures',
    isBulk: true,
    body: z.object({ notes: z.string() }),
    success: { 200: { description: 'Length', body: z.object({ length: z.int() }) } },
  }),
};

let server: FastifyInstance;

beforeAll(() => {
  const log = createLog('test', 'silent');
  server = createHttpServer({ log, isReady: () => Promise.resolve(true) });
  addRoutes(
    server,
    routes,
    {
      readText: ({ params }) =>
        Promise.resolve({
          status: 200 as const,
          text: params.size === 'long' ? TEXT : '{"notes":"short"}',
        }),
      measure: ({ body }) =>
        Promise.resolve({ status: 200 as const, body: { length: body.notes.length } }),
    },
    {
      log,
      checkToken: () => Promise.resolve(null),
      memberships: { find: () => Promise.resolve([]) },
      isReady: () => Promise.resolve(true),
      stopping: new AbortController().signal,
    },
  );
});

afterAll(() => server.close());

function read(size: 'long' | 'short', encoding?: string) {
  return server.inject({
    method: 'GET',
    url: `/v1/texts/${size}`,
    headers: encoding === undefined ? {} : { 'accept-encoding': encoding },
  });
}

function measure(payload: Buffer | string, encoding?: string) {
  return server.inject({
    method: 'POST',
    url: '/v1/measures',
    headers: {
      'content-type': 'application/json',
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    },
    payload,
  });
}

describe('an answer of text', () => {
  it.each(['gzip', 'br, gzip;q=0.5', 'deflate,GZIP'])(
    'goes packed to who takes %s',
    async (one) => {
      const answer = await read('long', one);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-encoding': 'gzip',
        'content-type': 'application/json',
        vary: 'accept-encoding',
      });
      expect(answer.rawPayload.length).toBeLessThan(TEXT.length / 10);
      expect(gunzipSync(answer.rawPayload).toString()).toBe(TEXT);
    },
  );

  it.each([undefined, 'br', 'gzip;q=0', 'gzip; q=0.0, br', 'xgzip'])(
    'goes as it is to who takes %s',
    async (one) => {
      const answer = await read('long', one);
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.body).toBe(TEXT);
    },
  );

  it('goes as it is where packing would save nothing', async () => {
    const answer = await read('short', 'gzip');
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.json()).toEqual({ notes: 'short' });
  });
});

describe('a body', () => {
  it('may come packed', async () => {
    for (const [payload, encoding] of [
      [gzipSync(TEXT), 'gzip'],
      [TEXT, 'identity'],
      [TEXT, undefined],
    ] as const) {
      const answer = await measure(payload, encoding);
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toEqual({ length: 3_500 });
    }
  });

  it.each([
    ['is no gzip', Buffer.from(TEXT), 'gzip', 400, 'request_malformed'],
    ['is cut short', gzipSync(TEXT).subarray(0, 40), 'gzip', 400, 'request_malformed'],
    ['is no JSON', gzipSync('nonsense'), 'gzip', 400, 'request_malformed'],
    ['is packed otherwise', Buffer.from(TEXT), 'br', 415, 'encoding_unsupported'],
  ])('that %s is refused', async (_, payload, encoding, status, code) => {
    const answer = await measure(payload, encoding);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it('that is small and becomes large is refused', async () => {
    const bomb = gzipSync(JSON.stringify({ notes: 'x'.repeat(50_000_000) }));
    expect(bomb.length).toBeLessThan(100_000);
    const answer = await measure(bomb, 'gzip');
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      413,
      'body_too_large',
    ]);
  });

  it('of many records may be larger than others', async () => {
    const large = JSON.stringify({ notes: randomBytes(1_500_000).toString('hex') });
    expect((await measure(large)).statusCode).toBe(200);
    expect((await measure(gzipSync(large), 'gzip')).statusCode).toBe(200);
    const larger = JSON.stringify({ notes: 'x'.repeat(4 * 1024 * 1024) });
    expect((await measure(larger)).statusCode).toBe(413);
  });

  it('of many records is not refused for the text of one', async () => {
    const answer = await measure(JSON.stringify({ notes: `half \ud800 ${newUid()}` }));
    expect(answer.statusCode).toBe(200);
  });
});
