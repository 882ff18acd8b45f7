import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unpack = promisify(gunzip);

/** What nearly every answer unpacks to, in its own size: then one step of the unpacking does. */
const USUAL_GROWTH = 8;
const SMALLEST_STEP = 16_384;

export interface HttpCall {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Bytes of the body as they came. */
  readonly received: number;
}

/**
 * Asks, and reads the answer whole. Rejects when there is none, half of one, or a redirect, and with
 * the signal's reason when it is given up. `fetch` unpacks 16 KB at a time, each of them by a way
 * through other threads: twice the work for a page.
 */
export async function callHttp(call: HttpCall): Promise<HttpAnswer> {
  try {
    return await exchange(call);
  } catch (error) {
    throw call.signal.aborted ? call.signal.reason : error;
  }
}

async function exchange(call: HttpCall): Promise<HttpAnswer> {
  const response = await responseTo(call);
  const { statusCode: status = 0 } = response;
  if (status >= 300 && status < 400) {
    response.destroy();
    throw new Error(`redirected by ${status}`);
  }
  const headers = headersOf(response);
  const body = await bodyOf(response);
  const plain = headers.get('content-encoding') === 'gzip' ? await unpackWhole(body) : body;
  return { status, headers, text: plain.toString(), received: body.byteLength };
}

function responseTo({ url, method, headers, body, signal }: HttpCall): Promise<IncomingMessage> {
  const ask = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { 'content-length': `${body.byteLength}` };
    const request = ask(
      url,
      { method, signal, headers: { ...headers, ...length, 'accept-encoding': 'gzip' } },
      resolve,
    );
    // Also listens once there is a response: what breaks then breaks the reading of it.
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return headers;
}

async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function unpackWhole(body: Buffer): Promise<Buffer> {
  const chunkSize = Math.max(SMALLEST_STEP, body.byteLength * USUAL_GROWTH);
  return unpack(body, { chunkSize });
}
