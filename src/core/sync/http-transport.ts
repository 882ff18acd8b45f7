import { gzip } from 'node:zlib';
import { promisify } from 'node:util';

import type { z } from 'zod';

import { problem } from '../../shared/contracts/rest-v1/problem';
import {
  heads,
  PROTOCOL_TOO_NEW,
  PROTOCOL_VERSION,
  pushAnswer,
  registeredDevice,
  UPDATE_REQUIRED,
} from '../../shared/contracts/sync/protocol';
import { beginCall, failedBy, failedWith, type OnFailedCall } from './failed-call';
import type { HttpAnswer } from './http-call';
import { callHttp } from './http-call';
import { receivedPullAnswer } from './received-page';
import { SyncFailure, type SyncTransport } from './transport';

const compress = promisify(gzip);

const PATIENCE_MS = 30_000;
/** Smaller bodies gain nothing by it. */
const COMPRESSED_FROM = 1_000;

export interface HttpTransportOptions {
  /** Ends in `/v1`, or in what stands for it locally. */
  readonly apiUrl: string;
  readonly business: string;
  /** The ID token, refreshed where needed; null when nobody is signed in. */
  readonly token: () => Promise<string | null>;
  /** Bytes that went over the wire, for the rates that people see. */
  readonly onBytes?: (bytes: number) => void;
  readonly onFailedCall?: OnFailedCall;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Sync over HTTPS. Whatever goes wrong on the way is a `SyncFailure`. */
export function createHttpTransport(options: HttpTransportOptions): SyncTransport {
  let heardAt: Date | null = null;

  async function ask<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
    const token = await options.token();
    if (token === null) throw new SyncFailure('unauthorised');
    const begun = beginCall(call.method, call.path);
    const answer = await exchange(options, call, token).catch((error: unknown) => {
      // A poll that nobody waits for any more has not failed.
      if (call.signal?.aborted !== true) options.onFailedCall?.(failedBy(begun, error));
      // No answer, or half of one.
      throw new SyncFailure('offline', null, { cause: error });
    });
    const { status, text, headers } = answer;
    try {
      if (status !== 200) throw failureOf(status, text, headers.get('retry-after'));
      const parsed = parse(text, schema);
      heardAt = dateOf(headers) ?? heardAt;
      return parsed;
    } catch (failure) {
      options.onFailedCall?.(failedWith(begun, answer));
      throw failure;
    }
  }
  return {
    register: (registration) =>
      ask({ method: 'POST', path: '/sync/devices', body: registration }, registeredDevice),
    push: (collection, request) =>
      ask({ method: 'POST', path: `/sync/${collection}/mutations`, body: request }, pushAnswer),
    pull: (collection, { cursor, began, epoch }) => {
      const query = new URLSearchParams({ protocol: `${PROTOCOL_VERSION}`, cursor: `${cursor}` });
      if (began !== null) query.set('began', `${began}`);
      if (epoch !== null) query.set('epoch', epoch);
      const path = `/sync/${collection}/changes?${query.toString()}`;
      return ask({ method: 'GET', path }, receivedPullAnswer);
    },
    poll: (known, waitSeconds, signal) => {
      const query = new URLSearchParams({
        protocol: `${PROTOCOL_VERSION}`,
        known: JSON.stringify(known),
        wait: `${waitSeconds}`,
      });
      return ask({ method: 'GET', path: `/sync/poll?${query.toString()}`, signal }, heads);
    },
    heardAt: () => heardAt,
  };
}

/** Rejects with what became of the connection. */
async function exchange(
  options: HttpTransportOptions,
  call: Call,
  token: string,
): Promise<HttpAnswer> {
  const body = call.body === undefined ? null : await pack(call.body);
  const ends = [AbortSignal.timeout(PATIENCE_MS), call.signal, options.signal];
  const answer = await callHttp({
    url: `${options.apiUrl}${call.path}`,
    method: call.method,
    signal: AbortSignal.any(ends.filter((end) => end !== undefined)),
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'x-business-id': options.business,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...(body?.isCompressed === true ? { 'content-encoding': 'gzip' } : {}),
    },
    body: body?.bytes ?? null,
  });
  options.onBytes?.((body?.bytes.byteLength ?? 0) + answer.received);
  return answer;
}

function dateOf(headers: Headers): Date | null {
  const at = new Date(headers.get('date') ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

async function pack(body: unknown): Promise<{ bytes: Uint8Array; isCompressed: boolean }> {
  const text = Buffer.from(JSON.stringify(body));
  if (text.byteLength < COMPRESSED_FROM) return { bytes: text, isCompressed: false };
  return { bytes: await compress(text, { level: 1 }), isCompressed: true };
}

function parse<T>(text: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // Something else answers at this address: a hotel's sign-in page.
    throw new SyncFailure('offline', null, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new SyncFailure('temporary', null, { cause: parsed.error });
  return parsed.data;
}

function failureOf(status: number, text: string, retryAfter: string | null): SyncFailure {
  const seconds = Number(retryAfter ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? seconds : null;
  const code = codeOf(text);
  if (code === UPDATE_REQUIRED) return new SyncFailure('update_required');
  if (code === PROTOCOL_TOO_NEW) return new SyncFailure('cloud_outdated');
  switch (status) {
    case 401:
      return new SyncFailure('unauthorised');
    case 403:
    case 404:
      return new SyncFailure('no_access');
    default:
      return new SyncFailure('temporary', wait);
  }
}

function codeOf(text: string): string | null {
  try {
    const parsed = problem.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.code : null;
  } catch {
    return null;
  }
}
