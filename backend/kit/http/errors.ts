import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { isUnavailable } from '../database/database-errors';
import { ServiceUnavailableError } from '../identity/service-unavailable';
import type { Logger } from '../telemetry/log';
import { describeError } from '../telemetry/log';
import { ENCODING_UNSUPPORTED, isBrokenGzip } from './compression';
import { RefusedError } from './idempotency';
import type { Refusal } from './refusal';
import { problemOf, refuse, unavailable } from './refusal';

/** The gateway lets nothing larger through. */
const DRAIN_LIMIT = 10 * 1024 * 1024;

/** Answers a refusal as `application/problem+json`. */
export function sendRefusal(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, code, retryAfterSeconds } = refusal;
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(status, code, request.id, refusal)));
}

const PARSER_CODES: Readonly<Record<string, Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: refuse(413, 'body_too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: refuse(415, 'media_type_unsupported'),
  [ENCODING_UNSUPPORTED]: refuse(415, 'encoding_unsupported'),
};

/** Whether Fastify refused a body before it had read it. */
export function isUnread(error: unknown): boolean {
  return String((error as { readonly code?: unknown }).code) in PARSER_CODES;
}

/**
 * What is left of a refused body is read and dropped: a gateway that is still writing when the
 * connection closes never sees the answer, and tells its client that nobody is here.
 */
export function readToEnd({ raw }: FastifyRequest): Promise<void> {
  if (raw.readableEnded || raw.destroyed) return Promise.resolve();
  raw.unpipe();
  return new Promise((resolve) => {
    let left = DRAIN_LIMIT;
    raw.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) resolve();
    });
    for (const over of ['end', 'error', 'close']) raw.once(over, () => resolve());
    raw.resume();
  });
}

/** Answers whatever was thrown: as a refusal where it is one, as something to try again, or as a bug. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  if (error instanceof RefusedError) return sendRefusal(error.refusal, request, reply);
  const { code, statusCode } = error as { readonly code?: string; readonly statusCode?: number };
  const known = PARSER_CODES[code ?? ''];
  if (known !== undefined) return sendRefusal(known, request, reply);
  if (isBrokenGzip(error) || (statusCode !== undefined && statusCode >= 400 && statusCode < 500)) {
    return sendRefusal(refuse(400, 'request_malformed'), request, reply);
  }
  if (isUnavailable(error) || isAwayForNow(error)) {
    log.warn(describeError(error), 'a call could not be served for now');
    return sendRefusal(unavailable(), request, reply);
  }
  log.error({ ...describeError(error), request_id: request.id }, 'a call failed');
  return reply
    .code(500)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(500, 'internal', request.id)));
}

/** Errors that pass: of a call that took too long, of a role whose credentials were not to be had. */
const PASSING = new Set(['TimeoutError', 'CredentialsProviderError']);

/** Another service or AWS cannot be reached, or asks for patience. */
function isAwayForNow(error: unknown): boolean {
  if (error instanceof ServiceUnavailableError) return true;
  if (!(error instanceof Error)) return false;
  const { $retryable, $fault } = error as {
    readonly $retryable?: unknown;
    readonly $fault?: unknown;
  };
  return $retryable !== undefined || $fault === 'server' || PASSING.has(error.name);
}

/** What Node's parser of HTTP refuses, by its code; anything else that it cannot read is 400. */
const UNREADABLE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers what is no request of HTTP at all, for which there is nothing but the connection. */
export function answerUnreadable(error: Error & { readonly code: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = UNREADABLE[error.code] ?? 400;
  const body = JSON.stringify(problemOf(status, 'request_malformed', randomUUID()));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
