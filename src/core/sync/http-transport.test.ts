import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PushAnswer, PushRequest } from '../../shared/contracts/sync/protocol';
import { PROTOCOL_VERSION } from '../../shared/contracts/sync/protocol';
import type { DeviceUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import { newUuid } from '../../shared/domain/uuid';
import type { FailedCall } from './failed-call';
import { createHttpTransport } from './http-transport';
import { SyncFailure } from './transport';

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

let server: Server;
let heard: Heard[];
let reply: (response: ServerResponse) => void;
let bytes: number;
let failed: FailedCall[];

beforeEach(async () => {
  heard = [];
  bytes = 0;
  failed = [];
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      heard.push({ method, url, headers, body: Buffer.concat(parts) });
      reply(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function transport(token: string | null = 'token') {
  const { port } = server.address() as AddressInfo;
  return createHttpTransport({
    apiUrl: `http://127.0.0.1:${port}/v1`,
    business: 'business',
    token: () => Promise.resolve(token),
    onBytes: (count) => (bytes += count),
    onFailedCall: (call) => failed.push(call),
  });
}

function answers(status: number, body: unknown, headers: Record<string, string> = {}): void {
  reply = (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

function problemOf(status: number, code: string) {
  return { type: 'about:blank', title: 'Refused', status, code };
}

const PAGE = { kind: 'page', epoch: 'first', cursor: 7, hasMore: false, head: 7, changes: [] };
const pull = () => transport().pull('clients', { cursor: 3, epoch: 'first', began: null });

async function failureOf(call: Promise<unknown>): Promise<SyncFailure> {
  const error: unknown = await call.then(
    () => null,
    (rejected: unknown) => rejected,
  );
  if (error instanceof SyncFailure) return error;
  throw new Error('the call did not fail as sync fails');
}

describe('a call', () => {
  it('R4 carries the version, in the name of the account and for the business', async () => {
    answers(200, PAGE);
    expect(await pull()).toEqual(PAGE);
    const query = `protocol=${PROTOCOL_VERSION}&cursor=3&epoch=first`;
    expect(heard).toMatchObject([
      {
        method: 'GET',
        url: `/v1/sync/clients/changes?${query}`,
        headers: { authorization: 'Bearer token', 'x-business-id': 'business' },
      },
    ]);
    expect(bytes).toBe(JSON.stringify(PAGE).length);
  });

  it('R70 tells the time of the cloud, once it has answered what was asked', async () => {
    const asked = transport();
    expect(asked.heardAt()).toBeNull();
    answers(200, '<html>Sign in</html>', { date: 'Tue, 24 Nov 2026 10:00:00 GMT' });
    await failureOf(asked.pull('clients', { cursor: 3, epoch: null, began: null }));
    expect(asked.heardAt()).toBeNull();
    answers(200, PAGE, { date: 'Mon, 23 Nov 2026 10:00:00 GMT' });
    await asked.pull('clients', { cursor: 3, epoch: null, began: null });
    expect(asked.heardAt()?.toISOString()).toBe('2026-11-23T10:00:00.000Z');
  });

  it('compresses what gains by it', async () => {
    const done: PushAnswer = { kind: 'done', epoch: 'first', last: 1, outcomes: [] };
    answers(200, done);
    const request = (name: string): PushRequest => ({
      protocol: PROTOCOL_VERSION,
      device: newUid<DeviceUid>(),
      epoch: null,
      mutations: [
        {
          uuid: newUuid(),
          seq: 1,
          uid: 'one',
          body: { kind: 'create', record: { uid: 'one', name } },
        },
      ],
    });
    const [small, large] = [request('Acme'), request('Acme'.repeat(1_000))];
    expect(await transport().push('clients', small)).toEqual(done);
    await transport().push('clients', large);
    const [first, second] = heard;
    expect(first?.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(String(first?.body))).toEqual(small);
    expect(second?.headers['content-encoding']).toBe('gzip');
    expect(second?.body.byteLength).toBeLessThan(1_000);
    expect(JSON.parse(String(gunzipSync(second?.body ?? Buffer.alloc(0))))).toEqual(large);
  });

  it.each([1, 1_000, 40_000])('unpacks a page of %i records', async (count) => {
    const record = { uid: 'one', notes: 'Zażółć gęślą jaźń' };
    const page = { ...PAGE, changes: Array(count).fill({ version: 7, deleted: false, record }) };
    const packed = gzipSync(JSON.stringify(page));
    reply = (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      // In more than one piece, and without its length.
      response.write(packed.subarray(0, 20));
      setTimeout(() => response.end(packed.subarray(20)), 5);
    };
    expect(await pull()).toEqual(page);
    expect(heard[0]?.headers['accept-encoding']).toBe('gzip');
    expect(bytes).toBe(packed.byteLength);
  });

  it('that is given up ends at once, also with half an answer there', async () => {
    for (const half of ['', '{"kind":']) {
      reply = (response) => {
        if (half !== '') response.write(half);
      };
      const given = new AbortController();
      const waiting = failureOf(transport().poll({}, 25, given.signal));
      setTimeout(() => given.abort(), 50);
      expect((await waiting).kind).toBe('offline');
      expect(failed).toEqual([]);
    }
  });
});

describe('a failure', () => {
  it.each([
    [401, problemOf(401, 'unauthorised'), 'unauthorised'],
    [403, problemOf(403, 'forbidden'), 'no_access'],
    [404, problemOf(404, 'not_found'), 'no_access'],
    [409, problemOf(409, 'update_required'), 'update_required'],
    [409, problemOf(409, 'protocol_too_new'), 'cloud_outdated'],
    [409, problemOf(409, 'conflict'), 'temporary'],
    [500, problemOf(500, 'internal'), 'temporary'],
    [502, '<html>Bad gateway</html>', 'temporary'],
    [503, '', 'temporary'],
    [429, { message: 'Too Many Requests' }, 'temporary'],
  ] as const)('R17 of status %i is told apart', async (status, body, kind) => {
    answers(status, body);
    expect((await failureOf(pull())).kind).toBe(kind);
  });

  it('R17 keeps how long the cloud asks to wait', async () => {
    answers(503, '', { 'retry-after': '17' });
    expect((await failureOf(pull())).retryAfterSeconds).toBe(17);
    answers(503, '', { 'retry-after': 'Mon, 23 Nov 2026 10:00:00 GMT' });
    expect((await failureOf(pull())).retryAfterSeconds).toBeNull();
  });

  it('is what somebody else answers at this address, or half an answer', async () => {
    answers(200, '<html>Sign in to the hotel network</html>');
    expect((await failureOf(pull())).kind).toBe('offline');
    answers(302, '', { location: 'http://127.0.0.1:9/elsewhere' });
    expect((await failureOf(pull())).kind).toBe('offline');
    answers(200, { ...PAGE, head: 'seven' });
    expect((await failureOf(pull())).kind).toBe('temporary');
    reply = (response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"kind":');
      setTimeout(() => response.destroy(), 20);
    };
    expect((await failureOf(pull())).kind).toBe('offline');
    reply = (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(PAGE)).subarray(0, 30));
    };
    expect((await failureOf(pull())).kind).toBe('offline');
  });

  it('is nobody signed in, and the network away, before anything is asked', async () => {
    answers(200, PAGE);
    const signedOut = transport(null).pull('clients', { cursor: 0, epoch: null, began: null });
    expect((await failureOf(signedOut)).kind).toBe('unauthorised');
    expect(heard).toEqual([]);
    reply = (response) => response.destroy();
    expect((await failureOf(pull())).kind).toBe('offline');
  });

  it('is told for the log: which call, what came of it and as which request, and no more', async () => {
    const instance = 'urn:doccentr:request:6f0c1d5e-0000-4000-8000-000000000001';
    answers(503, { ...problemOf(503, 'unavailable'), instance, detail: 'Acme Ltd owes 12' });
    await failureOf(pull());
    answers(429, { message: 'Acme Ltd owes 12' }, { 'x-request-id': 'gateway-7' });
    await failureOf(pull());
    answers(401, { ...problemOf(401, 'Acme Ltd owes 12'), instance: 'Acme Ltd' });
    await failureOf(pull());
    answers(200, '<html>Sign in to the hotel network</html>');
    await failureOf(pull());
    reply = (response) => response.destroy();
    await failureOf(pull());
    expect(failed.map(({ milliseconds: _, ...rest }) => rest)).toEqual(
      [
        [503, 'unavailable', '6f0c1d5e-0000-4000-8000-000000000001'],
        [429, null, 'gateway-7'],
        [401, null, null],
        [200, null, null],
        [null, 'ECONNRESET', null],
      ].map(([status, code, requestId]) => ({
        call: 'GET /sync/clients/changes',
        status,
        code,
        requestId,
      })),
    );
    expect(failed.every(({ milliseconds }) => milliseconds >= 0)).toBe(true);
    expect(JSON.stringify(failed)).not.toMatch(/Acme|token|hotel/u);
    answers(200, PAGE);
    await pull();
    expect(failed).toHaveLength(5);
  });
});
