import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';

import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';

const gzipText = promisify(gzip);

/** Below this, packing costs more than it saves. */
const WORTH_PACKING = 1_024;

export const ENCODING_UNSUPPORTED = 'DOCCENTR_ENCODING_UNSUPPORTED';

class EncodingError extends Error {
  override readonly name = 'EncodingError';
  readonly code = ENCODING_UNSUPPORTED;
}

/**
 * The body of a request, unpacked where it came gzipped. The route's own limit holds for what comes
 * out, so that a small body cannot become a large one.
 */
export function unpacked(
  request: FastifyRequest,
  payload: RequestPayload,
): Promise<RequestPayload> {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return Promise.resolve(payload);
  if (encoding !== 'gzip') return Promise.reject(new EncodingError(encoding));
  const plain: Transform & { receivedEncodedLength?: number } = createGunzip();
  plain.receivedEncodedLength = 0;
  payload.on('data', (chunk: Buffer) => {
    plain.receivedEncodedLength = (plain.receivedEncodedLength ?? 0) + chunk.length;
  });
  payload.on('error', (error) => plain.destroy(error));
  return Promise.resolve(payload.pipe(plain) as RequestPayload);
}

/** Whether a body claimed to be gzip and was not. */
export function isBrokenGzip(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE');
}

/** Sends JSON that is text already, gzipped where that is worth it and the caller takes it. */
export async function sendText(
  text: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  void reply.type('application/json').header('vary', 'accept-encoding');
  if (text.length < WORTH_PACKING || !takesGzip(request)) return reply.send(text);
  // Level 1: a second of the network is more than what better packing saves.
  const packed = await gzipText(text, { level: 1 });
  return reply.header('content-encoding', 'gzip').send(packed);
}

function takesGzip(request: FastifyRequest): boolean {
  const accepted = (request.headers['accept-encoding'] ?? '').split(',');
  return accepted.some((one) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/iu.test(one));
}
