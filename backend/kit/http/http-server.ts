import { randomUUID } from 'node:crypto';

import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fastify, LogController } from 'fastify';

import type { Route } from '../../../src/shared/contracts/rest-v1/route';
import { needsToken } from '../../../src/shared/contracts/rest-v1/route';
import type { MembershipSource } from '../identity/membership';
import { BUSINESS_HEADER, memberOf } from '../identity/membership';
import type { TokenCheck } from '../identity/token-check';
import type { Logger } from '../telemetry/log';
import { inSpan } from '../telemetry/telemetry';
import type { AnyAnswer, AnyHandler, Caller, Handlers, Member } from './handlers';
import { sendText, unpacked } from './compression';
import { answerUnreadable, isUnread, readToEnd, sendError, sendRefusal } from './errors';
import { isRefusal } from './idempotency';
import { readRequest } from './read-request';
import type { Refusal } from './refusal';
import { invalid, refuse, unavailable } from './refusal';

const BODY_LIMIT = 2 * 1024 * 1024;
/** A batch of a megabyte may hold one change of a large field, from and to, besides. */
const BULK_BODY_LIMIT = 4 * 1024 * 1024;

export interface HttpParts {
  readonly log: Logger;
  readonly checkToken: TokenCheck;
  readonly memberships: MembershipSource;
  /** Whether everything that calls need can be reached. */
  readonly isReady: () => Promise<boolean>;
  /** Aborts when the service stops: what waits answers at once. */
  readonly stopping: AbortSignal;
}

/** The server of a service: its health, and its error answers; routes are added to it. */
export function createHttpServer({
  log,
  isReady,
}: Pick<HttpParts, 'log' | 'isReady'>): FastifyInstance {
  const logger: FastifyBaseLogger = log;
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 200, querystringParser: parseQuery },
    genReqId: () => randomUUID(),
    // To bring the whole of a request; its answer may take longer.
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    // What has come while it ends is served: Fastify's own refusal is no problem document.
    return503OnClosing: false,
    // An address that cannot be decoded meets no route, nor the error handler below.
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, log),
    clientErrorHandler: answerUnreadable,
  });
  // Fastify reads plain text too; nothing here is that.
  server.removeContentTypeParser('text/plain');
  server.addHook('preParsing', (request, _reply, payload) => unpacked(request, payload));
  server.setErrorHandler(async (error, request, reply) => {
    if (isUnread(error)) await readToEnd(request);
    return sendError(error, request, reply, log);
  });
  server.setNotFoundHandler((request, reply) =>
    sendRefusal(refuse(404, 'route_not_found'), request, reply),
  );
  let isEnding = false;
  server.addHook('preClose', async () => {
    isEnding = true;
    // Of those whose answer was just being sent.
    const closing = setInterval(() => server.server.closeIdleConnections(), 500);
    server.server.once('close', () => clearInterval(closing));
  });
  server.addHook('onSend', async (request, reply) => {
    // Kept open, it would keep the whole process for as long as it may be idle.
    if (isEnding) void reply.header('connection', 'close');
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    void reply.header('x-content-type-options', 'nosniff');
  });
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (request, reply) =>
    (await isReady()) ? { status: 'ok' } : sendRefusal(unavailable(), request, reply),
  );
  return server;
}

/** Repeated names become lists, which no schema of ours accepts; nothing is quietly dropped. */
function parseQuery(text: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const values = new URLSearchParams(text);
  for (const name of new Set(values.keys())) {
    const all = values.getAll(name);
    query[name] = all.length === 1 ? all[0] : all;
  }
  return query;
}

/** Serves the routes of a table below `/v1` by the handlers of the same names. */
export function addRoutes<T extends Readonly<Record<string, Route>>>(
  server: FastifyInstance,
  routes: T,
  handlers: Handlers<T>,
  parts: HttpParts,
): void {
  for (const [name, route] of Object.entries(routes)) {
    // The types of `Handlers<T>` hold that route and handler belong together.
    const handler = handlers[name as keyof T] as unknown as AnyHandler;
    server.route({
      method: route.method,
      url: urlOf(route),
      ...(route.isBulk === true ? { bodyLimit: BULK_BODY_LIMIT } : {}),
      handler: (request, reply) => serve(route, handler, request, reply, parts),
    });
  }
  refuseOtherMethods(server, Object.values(routes));
}

/** `/clients/{clientId}` as Fastify writes it. */
function urlOf(route: Route): string {
  return `/v1${route.path.replaceAll(/\{(\w+)\}/gu, ':$1')}`;
}

function refuseOtherMethods(server: FastifyInstance, routes: readonly Route[]): void {
  const allowed = new Map<string, readonly string[]>();
  for (const route of routes) {
    const url = urlOf(route);
    // HEAD is answered wherever GET is.
    const methods = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
    allowed.set(url, [...(allowed.get(url) ?? []), ...methods]);
  }
  for (const [url, methods] of allowed) {
    server.route({
      method: server.supportedMethods.filter((method) => !methods.includes(method)),
      url,
      // Before anything is read: a body that is no JSON changes nothing about it.
      onRequest: (request, reply) => {
        void reply.header('allow', methods.join(', '));
        sendRefusal(refuse(405, 'method_not_allowed'), request, reply);
      },
      handler: (_request, reply) => reply,
    });
  }
}

async function serve(
  route: Route,
  handler: AnyHandler,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: HttpParts,
): Promise<unknown> {
  const parent = headerOf(request, 'traceparent');
  return inSpan(
    {
      name: `${route.method} ${route.path}`,
      kind: 'server',
      ...(parent === undefined ? {} : { parent: { traceparent: parent } }),
      attributes: { 'http.route': route.path, 'http.request.method': route.method },
    },
    async (span) => {
      const outcome = await answerOf(route, handler, request, reply, parts);
      const { status } = outcome;
      span.setAttribute('http.response.status_code', status);
      void reply.header('x-trace-id', span.spanContext().traceId);
      return isRefusal(outcome)
        ? sendRefusal(outcome, request, reply)
        : sendAnswer(route, outcome, request, reply);
    },
  );
}

async function answerOf(
  route: Route,
  handler: AnyHandler,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: HttpParts,
): Promise<AnyAnswer | Refusal> {
  let caller: Caller | null = null;
  let member: Member | null = null;
  if (needsToken(route)) {
    const identified = await callerOf(request, parts.checkToken);
    if (isRefusal(identified)) return identified;
    caller = identified;
  }
  if (caller !== null && typeof route.access === 'object') {
    const business = headerOf(request, BUSINESS_HEADER);
    const found = await memberOf(parts.memberships, caller, business, route.access.member);
    if (isRefusal(found)) return found;
    member = found;
  }
  const outcome = readRequest(route, request);
  if ('issues' in outcome) return invalid(outcome.issues);
  const untilGone = () => signalOf(reply, parts.stopping);
  return handler({ ...outcome.read, caller, member, untilGone });
}

/** Made only for calls that wait: most are answered before anybody could have gone. */
function signalOf({ raw }: FastifyReply, stopping: AbortSignal): AbortSignal {
  const gone = new AbortController();
  const abort = () => gone.abort();
  if (stopping.aborted || raw.destroyed) abort();
  stopping.addEventListener('abort', abort, { once: true });
  // Also when the answer is through; then nobody listens any more.
  raw.once('close', () => {
    stopping.removeEventListener('abort', abort);
    abort();
  });
  return gone.signal;
}

async function callerOf(
  request: FastifyRequest,
  checkToken: TokenCheck,
): Promise<Caller | Refusal> {
  const token = /^Bearer +([\w.~+/=-]+)$/iu.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return refuse(401, 'token_missing');
  return (await checkToken(token)) ?? refuse(401, 'token_invalid');
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function sendAnswer(
  route: Route,
  answer: AnyAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | Promise<FastifyReply> {
  const { status, revision, nextCursor, text } = answer;
  void reply.code(status);
  if (text !== undefined) return sendText(text, request, reply);
  if (route.hasETag && revision !== undefined) {
    const etag = `"${revision}"`;
    void reply.header('etag', etag);
    if (route.method === 'GET' && headerOf(request, 'if-none-match') === etag) {
      return reply.code(304).send();
    }
  }
  if (typeof nextCursor === 'string') void reply.header('link', nextLink(request, nextCursor));
  const schema = route.success[status]?.body;
  if (schema === undefined) return reply.send();
  // What the contract does not name does not leave; what breaks it is a bug and fails loudly.
  return reply.type('application/json').send(JSON.stringify(schema.parse(answer.body)));
}

/** Relative to the page itself, since only the gateway knows its own address. */
function nextLink(request: FastifyRequest, cursor: string): string {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  query.set('cursor', cursor);
  return `<?${query.toString()}>; rel="next"`;
}
