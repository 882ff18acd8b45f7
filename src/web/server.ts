import { readFile } from 'node:fs/promises';

import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';

import type { Supervisor } from '../core/host/supervisor';
import type { FindPage } from '../core/host/pages';
import {
  contentSecurityPolicy,
  NONCE_PLACEHOLDER,
  newNonce,
  SAFETY_HEADERS,
} from '../core/host/page-policy';
import type { ApiResult } from '../shared/contracts/api-result';
import type { MethodName } from '../shared/contracts/app-api';
import { browserShellPaths, sessionRequest } from '../shared/contracts/browser-shell';
import { statusOf } from './api-status';
import type { EventFeed } from './event-feed';
import { isOwnRequest } from './request-guard';
import type { Sessions } from './sessions';

const USUAL_BODY_BYTES = 2_000_000;
/** A file of 50 MB as base64, or a business with its logo. */
const LARGE_BODY_BYTES = 70_000_000;
const METHODS_WITH_LARGE_BODY: readonly MethodName[] = ['imports.open', 'businesses.update'];

const NOT_ALLOWED: ApiResult = { ok: false, error: { kind: 'not_allowed' } };
const NO_PAGE: ApiResult = { ok: false, error: { kind: 'not_found', entity: 'page', uid: '' } };

export interface ServerParts {
  readonly core: Pick<Supervisor, 'call'>;
  readonly findPage: FindPage;
  readonly sessions: Sessions;
  readonly events: EventFeed;
  /** Writes a bug of the shell itself to the log; answers the reference to it. */
  readonly reportBug: (error: unknown) => string;
}

/** The browser shell's HTTP side: built pages, the app-api and its events. Thin by intention. */
export function createServer(parts: ServerParts): FastifyInstance {
  const { core, findPage, sessions, events, reportBug } = parts;
  const server = Fastify({
    bodyLimit: USUAL_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
  });

  // Only JSON is spoken: a form or text, which a foreign page may send unasked, is refused unread.
  server.removeContentTypeParser('text/plain');

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(SAFETY_HEADERS);
    if (!isOwnRequest(originOf(request), portOf(server))) {
      await answer(reply, NOT_ALLOWED, 403);
    }
  });

  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode >= 500) return answer(reply, internal(reportBug(error)));
    return answer(reply, malformed(statusCode), statusCode);
  });

  server.post(browserShellPaths.session, async (request, reply) => {
    const wanted = sessionRequest.safeParse(request.body);
    const session = !wanted.success
      ? null
      : 'token' in wanted.data
        ? sessions.openWithToken(wanted.data.token)
        : sessions.openWithCode(wanted.data.code);
    if (session === null) return answer(reply, NOT_ALLOWED);
    return reply.header('cache-control', 'no-store').send({ session });
  });

  async function requireSession(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [, session] = /^Bearer (\S+)$/u.exec(request.headers.authorization ?? '') ?? [];
    if (session === undefined || !sessions.isOpen(session)) {
      await answer(reply, NOT_ALLOWED);
    }
  }

  async function callCore(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const method = new URL(request.url, 'http://shell').pathname.slice(
      browserShellPaths.api.length,
    );
    return answer(reply, await core.call(method, request.body));
  }

  for (const method of METHODS_WITH_LARGE_BODY) {
    server.post(
      `${browserShellPaths.api}${method}`,
      { onRequest: requireSession, bodyLimit: LARGE_BODY_BYTES },
      callCore,
    );
  }
  server.post(`${browserShellPaths.api}*`, { onRequest: requireSession }, callCore);

  server.get(browserShellPaths.events, { onRequest: requireSession }, (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, {
      ...SAFETY_HEADERS,
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
    });
    events.add(reply.raw);
  });

  server.setNotFoundHandler(async (request, reply) => {
    const page = isReading(request)
      ? findPage(new URL(request.url, 'http://shell').pathname)
      : null;
    if (page === null) return answer(reply, NO_PAGE);
    reply
      .type(page.contentType)
      .header(
        'cache-control',
        page.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    const content = await readFile(page.file);
    if (!page.contentType.startsWith('text/html')) return reply.send(content);
    const nonce = newNonce();
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .send(content.toString('utf8').replace(NONCE_PLACEHOLDER, nonce));
  });

  return server;
}

/** What Fastify refuses by itself: JSON that is none, another content type, a body too large. */
function malformed(status: number): ApiResult {
  const code = status === 413 ? 'too_large' : 'malformed';
  return { ok: false, error: { kind: 'refused', issues: [{ field: '', code }] } };
}

function internal(reference: string): ApiResult {
  return { ok: false, error: { kind: 'internal', reference } };
}

function answer(reply: FastifyReply, result: ApiResult, status = statusOf(result)): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send(result);
}

function originOf(request: FastifyRequest) {
  const { host, origin } = request.headers;
  return {
    host,
    origin,
    fetchSite: headerOf(request, 'sec-fetch-site'),
    fetchMode: headerOf(request, 'sec-fetch-mode'),
  };
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function isReading(request: FastifyRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}
