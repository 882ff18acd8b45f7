import { once } from 'node:events';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { idInPath, paging, text } from '../../../src/shared/contracts/rest-v1/fields';
import { problem } from '../../../src/shared/contracts/rest-v1/problem';
import { route } from '../../../src/shared/contracts/rest-v1/route';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import { ServiceUnavailableError } from '../identity/service-unavailable';
import { createLog } from '../telemetry/log';
import { addRoutes, createHttpServer } from './http-server';
import { conflict, notFound } from './refusal';

const TENANT = newUid<BusinessUid>();
const NOTES = { service: 'clients', tag: 'Notes' } as const;
const note = z.object({ id: z.int(), text: z.string() });

const routes = {
  listNotes: route({
    ...NOTES,
    operationId: 'listNotes',
    summary: 'List',
    method: 'GET',
    path: '/notes',
    access: { member: 'viewer' },
    query: z.object(paging),
    isPaged: true,
    success: { 200: { description: 'Notes', body: z.array(note) } },
  }),
  watchNotes: route({
    ...NOTES,
    operationId: 'watchNotes',
    summary: 'Wait',
    method: 'GET',
    path: '/watched-notes',
    access: { member: 'viewer' },
    success: { 200: { description: 'Notes', body: z.array(note) } },
  }),
  createNote: route({
    ...NOTES,
    operationId: 'createNote',
    summary: 'Create',
    method: 'POST',
    path: '/notes',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    body: z.object({ text: text(10, 1), parts: z.array(z.object({ size: z.int() })).optional() }),
    success: { 201: { description: 'Note', body: note } },
  }),
  getNote: route({
    ...NOTES,
    operationId: 'getNote',
    summary: 'Get',
    method: 'GET',
    path: '/notes/{noteId}',
    access: { member: 'viewer' },
    hasETag: true,
    params: z.object({ noteId: idInPath }),
    success: { 200: { description: 'Note', body: note } },
  }),
};

/** What passes by itself, as others throw it. */
const AWAY: Readonly<Record<string, Error>> = {
  service: new ServiceUnavailableError('clients cannot be asked'),
  deadlocks: Object.assign(new Error('Deadlock found'), { code: 'ER_LOCK_DEADLOCK' }),
  name: new Error('Failed query', { cause: Object.assign(new Error(), { code: 'EAI_AGAIN' }) }),
  role: Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' }),
};

let server: FastifyInstance;
let address: string;
const stopping = new AbortController();
/** Ends of the calls that waited. */
const gone: string[] = [];

beforeAll(async () => {
  const log = createLog('test', 'silent');
  server = createHttpServer({ log, isReady: () => Promise.resolve(false) });
  addRoutes(
    server,
    routes,
    {
      listNotes: () => Promise.resolve({ status: 200, body: [], nextCursor: 'abc' }),
      async watchNotes({ untilGone }) {
        gone.push('waits');
        await once(untilGone(), 'abort');
        gone.push('gone');
        return { status: 200, body: [] };
      },
      async createNote({ body, member }) {
        const away = AWAY[body.text];
        if (away !== undefined) throw away;
        if (body.text === 'bug') throw new Error('with a secret in it');
        if (body.text === 'taken')
          return conflict('text_taken', [{ field: 'text', code: 'taken' }]);
        const extra = { id: member.userId, text: body.text, secret: 'of the row' };
        return { status: 201, body: extra };
      },
      async getNote({ params, ifMatch }) {
        if (params.noteId !== 1) return notFound('note');
        return { status: 200, body: { id: 1, text: String(ifMatch) }, revision: 3 };
      },
    },
    {
      log,
      isReady: () => Promise.resolve(true),
      stopping: stopping.signal,
      checkToken: (token) =>
        Promise.resolve(
          token === 'good' ? { sub: 'u', email: 'a@example.com', expiresAt: new Date() } : null,
        ),
      memberships: {
        find: () =>
          Promise.resolve([
            {
              user: 'u',
              user_id: 9,
              business: TENANT,
              role: 'bookkeeper',
              position: 0,
              revision: 1,
              removed: false,
            },
          ]),
      },
    },
  );
  address = await server.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(() => server.close());

const TOKEN = { authorization: 'Bearer good' };

function post(payload: string | object, headers: Record<string, string> = {}) {
  return server.inject({
    method: 'POST',
    url: '/v1/notes',
    headers: { ...TOKEN, 'content-type': 'application/json', ...headers },
    payload,
  });
}

async function refusalOf(answer: ReturnType<typeof post>) {
  const { statusCode, headers, body } = await answer;
  expect(headers['content-type']).toContain('application/problem+json');
  const parsed = problem.parse(JSON.parse(body));
  expect(parsed.status).toBe(statusCode);
  return { status: statusCode, code: parsed.code, fields: parsed.errors?.map((one) => one.field) };
}

describe('serving the routes of a table', () => {
  it('answers what the contract names and nothing more', async () => {
    const answer = await post({ text: ' hello ' });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ id: 9, text: 'hello' });
  });

  it('leads on to the next page and keeps the other parameters', async () => {
    const answer = await server.inject({ url: '/v1/notes?limit=5&cursor=7', headers: TOKEN });
    expect(answer.headers['link']).toBe('<?limit=5&cursor=abc>; rel="next"');
  });

  it('gives the revision as ETag and spares an answer that is known', async () => {
    const url = '/v1/notes/1';
    expect((await server.inject({ url, headers: TOKEN })).headers['etag']).toBe('"3"');
    const again = await server.inject({ url, headers: { ...TOKEN, 'if-none-match': '"3"' } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('names every field that is wrong', async () => {
    const body = { text: 'much too long for this', parts: [{ size: 1 }, { size: 1.5 }] };
    expect(await refusalOf(post(body))).toEqual({
      status: 400,
      code: 'invalid_request',
      fields: ['text', 'parts.1.size'],
    });
  });

  it.each([
    ['broken JSON', '{"text":', 400],
    ['no object', 'null', 400],
    ['a prototype', '{"__proto__":{"text":"a"}}', 400],
    ['half a character', '{"text":"\\ud800"}', 400],
    ['a NUL', '{"text":"a\\u0000"}', 400],
    ['too much', JSON.stringify({ text: 'a'.repeat(3_000_000) }), 413],
  ])('refuses %s', async (_, payload, status) => {
    expect(await refusalOf(post(payload))).toMatchObject({ status });
  });

  it('answers who writes all of a body that is too large before he reads', async () => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    const size = 9_000_000;
    socket.write(
      `POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`,
    );
    // Time enough for an answer that waits for nothing, and for the end of its connection.
    await setTimeout(100);
    for (let written = 0; written < size; written += 1_000_000) {
      await new Promise<void>((resolve, reject) => {
        socket.write('a'.repeat(1_000_000), (error) => (error ? reject(error) : resolve()));
      });
    }
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /u);
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain'])('refuses %s', async (type) => {
    const answer = post('text=a', { 'content-type': type });
    expect(await refusalOf(answer)).toMatchObject({ status: 415 });
  });

  it.each([
    ['/v1/notes/abc', 400],
    ['/v1/notes/99999999999', 400],
    ['/v1/notes/2', 404],
    ['/v1/nothing', 404],
    ['/v1/notes?limit=0', 400],
    ['/v1/notes?limit=5&limit=6', 400],
    ['/v1/notes/%zz', 400],
    ['/v1/notes/%ff', 400],
    [`/v1/notes/${'1'.repeat(300)}`, 400],
  ])('answers %s with %i', async (url, status) => {
    expect(await refusalOf(server.inject({ url, headers: TOKEN }))).toMatchObject({ status });
  });

  it.each([
    ['no HTTP', 'nothing of the kind\r\n\r\n', 400],
    ['too many headers', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('answers %s', async (_, text, status) => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.write(text);
    const [head = '', body = ''] = (await readAll(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `, 'u'));
    expect(head).toContain('Content-Type: application/problem+json');
    expect(problem.parse(JSON.parse(body))).toMatchObject({ status, code: 'request_malformed' });
  });

  it('asks for a good token before it looks at anything else', async () => {
    const without = server.inject({ method: 'POST', url: '/v1/notes', payload: { text: 1 } });
    expect(await refusalOf(without)).toMatchObject({ status: 401 });
    const headers = { authorization: 'Bearer bad' };
    expect(await refusalOf(server.inject({ url: '/v1/notes', headers }))).toMatchObject({
      status: 401,
    });
  });

  it('does not find a business that the caller is no member of', async () => {
    const headers = { ...TOKEN, 'x-business-id': newUid() };
    expect(await refusalOf(server.inject({ url: '/v1/notes', headers }))).toMatchObject({
      status: 404,
      code: 'business_not_found',
    });
  });

  it('tells which methods a path knows', async () => {
    const answer = await server.inject({ method: 'DELETE', url: '/v1/notes', headers: TOKEN });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers['allow']).toBe('GET, HEAD, POST');
  });

  it.each(['PATCH', 'OPTIONS', 'TRACE'] as const)(
    'knows no %s, whatever the body',
    async (method) => {
      const headers = { ...TOKEN, 'content-type': 'application/json' };
      const call = { method: method as 'PATCH', url: '/v1/notes/7', headers, payload: '{' };
      expect(await refusalOf(server.inject(call))).toMatchObject({
        status: 405,
        code: 'method_not_allowed',
      });
    },
  );

  it('hands a conflict on, with its field', async () => {
    expect(await refusalOf(post({ text: 'taken' }))).toEqual({
      status: 409,
      code: 'text_taken',
      fields: ['text'],
    });
  });

  it.each(Object.keys(AWAY))('asks for patience when something is away: %s', async (text) => {
    const answer = await post({ text });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
  });

  it('tells nothing of a bug but the request', async () => {
    const answer = await post({ text: 'bug' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(answer.headers['x-request-id']).toBeTruthy();
  });

  it('refuses a key and an ETag that are none', async () => {
    expect(await refusalOf(post({ text: 'a' }, { 'idempotency-key': 'a b' }))).toMatchObject({
      status: 400,
    });
    const headers = { ...TOKEN, 'if-match': 'W/3' };
    expect(await refusalOf(server.inject({ url: '/v1/notes/1', headers }))).toMatchObject({
      status: 400,
    });
  });

  it('waits no longer than its caller, or than itself', async () => {
    const ask = (signal?: AbortSignal) =>
      fetch(`${address}/v1/watched-notes`, { headers: TOKEN, ...(signal ? { signal } : {}) });
    const leaving = new AbortController();
    const left = expect(ask(leaving.signal)).rejects.toThrow('aborted');
    await vi.waitFor(() => expect(gone).toEqual(['waits']));
    leaving.abort();
    await left;
    await vi.waitFor(() => expect(gone).toEqual(['waits', 'gone']));

    const answer = ask();
    await vi.waitFor(() => expect(gone).toHaveLength(3));
    stopping.abort();
    expect((await answer).status).toBe(200);
  });

  it('serves who has come already while it ends, and lets the connection go', async () => {
    const ending = createHttpServer({
      log: createLog('test', 'silent'),
      isReady: () => Promise.resolve(true),
    });
    const { port } = new URL(await ending.listen({ host: '127.0.0.1', port: 0 }));
    const arrived = once(ending.server, 'connection');
    const socket = connect(Number(port), '127.0.0.1');
    await arrived;
    const closed = ending.close();
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1.1 200 /u);
    expect(answer.toLowerCase()).toContain('connection: close');
    await closed;
  });

  it('ends as soon as all is answered, also to who would keep the connection', async () => {
    const ending = createHttpServer({
      log: createLog('test', 'silent'),
      isReady: async () => {
        await setTimeout(200);
        return true;
      },
    });
    const { port } = new URL(await ending.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(ending.server, 'request');
    const closed = ending.close();
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1.1 200 /u);
    expect(answer.toLowerCase()).toContain('connection: close');
    await closed;
  });

  it('is alive while it is not ready', async () => {
    expect((await server.inject('/healthz')).statusCode).toBe(200);
    expect((await server.inject('/readyz')).statusCode).toBe(503);
  });
});
