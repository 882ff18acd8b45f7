import { createHash, createHmac } from 'node:crypto';

import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { SERVICES } from '../../../src/shared/contracts/rest-v1/route';
import type { Config } from '../config';
import { ServiceUnavailableError } from './service-unavailable';

/**
 * Services prove to each other who they are by their role: the caller presigns STS's
 * GetCallerIdentity, bound to the service that it calls, and the callee has STS say whose signature
 * that is. Nothing has to be shared or rotated, and no user's token is passed on.
 */

const AUDIENCE_HEADER = 'x-doccentr-audience';
const VALID_SECONDS = 300;
const RENEW_BEFORE_MS = 60_000;

export interface ServiceIdentity {
  /** A token that proves this service to `audience`. */
  tokenFor(audience: ServiceName): Promise<string>;
  /** Which service a token proves, null when none. Throws `ServiceUnavailableError` without STS. */
  verify(token: string): Promise<ServiceName | null>;
}

/** The `Hash` that the signer asks for. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    throw new Error('a hash is used once');
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return data instanceof ArrayBuffer
    ? Buffer.from(data)
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

export function createServiceIdentity(
  service: ServiceName,
  region: string,
  endpoint: string | undefined,
  config: Pick<Config, 'roleArns'>,
): ServiceIdentity {
  const sts = new URL(endpoint ?? `https://sts.${region}.amazonaws.com`);
  const client = new STSClient({});
  const signer = new SignatureV4({
    service: 'sts',
    region,
    credentials: client.config.credentials,
    sha256: Sha256,
  });
  const issued = new Map<ServiceName, { readonly token: string; readonly until: number }>();
  const verified = new Map<string, { readonly service: ServiceName; readonly until: number }>();

  return {
    async tokenFor(audience) {
      const known = issued.get(audience);
      if (known !== undefined && known.until > Date.now()) return known.token;
      const signed = await signer.presign(
        {
          method: 'GET',
          protocol: sts.protocol,
          hostname: sts.hostname,
          ...(sts.port === '' ? {} : { port: Number(sts.port) }),
          path: '/',
          query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
          headers: { host: sts.host, [AUDIENCE_HEADER]: audience },
        },
        // Bound by the signature, sent along as a header by whoever checks it.
        { expiresIn: VALID_SECONDS, unhoistableHeaders: new Set([AUDIENCE_HEADER]) },
      );
      const query = new URLSearchParams(signed.query as Record<string, string>);
      const token = Buffer.from(query.toString()).toString('base64url');
      issued.set(audience, { token, until: Date.now() + VALID_SECONDS * 1_000 - RENEW_BEFORE_MS });
      return token;
    },

    async verify(token) {
      const known = verified.get(token);
      if (known !== undefined && known.until > Date.now()) return known.service;
      const query = new URLSearchParams(Buffer.from(token, 'base64url').toString());
      // STS is asked for this one thing only, whatever the token says.
      if (query.get('Action') !== 'GetCallerIdentity') return null;
      // A signature that leaves the audience out would be good for every service.
      if (!isBound(query)) return null;
      const address = new URL(`/?${query.toString()}`, sts);
      const told = await ask(address, service);
      if (told === null) return null;
      const caller = serviceOf(arnIn(told), config.roleArns);
      if (caller !== null) {
        if (verified.size > 1_000) verified.clear();
        verified.set(token, { service: caller, until: Date.now() + RENEW_BEFORE_MS });
      }
      return caller;
    },
  };
}

/** What STS says of a signature, null for one that it refuses; not to be reached is no refusal. */
async function ask(address: URL, audience: ServiceName): Promise<string | null> {
  try {
    const answer = await fetch(address, {
      headers: { accept: 'application/json', [AUDIENCE_HEADER]: audience },
      signal: AbortSignal.timeout(5_000),
      redirect: 'error',
    });
    const text = await answer.text();
    if (answer.ok) return text;
    // STS says "too many" as 400 or 429, by a name.
    if (answer.status < 500 && !/Throttl|TooManyRequests|RequestLimit/u.test(text)) return null;
    throw new ServiceUnavailableError(`STS answered ${answer.status}`);
  } catch (cause) {
    if (cause instanceof ServiceUnavailableError) throw cause;
    throw new ServiceUnavailableError('STS cannot be asked', { cause });
  }
}

function isBound(query: URLSearchParams): boolean {
  const signed = query.get('X-Amz-SignedHeaders')?.split(';') ?? [];
  return signed.includes(AUDIENCE_HEADER);
}

/** STS answers JSON or XML, as asked and as it likes. */
function arnIn(text: string): string {
  return /arn:aws[\w-]*:sts::\d*:assumed-role\/[\w+=,.@/-]+/u.exec(text)?.[0] ?? '';
}

/**
 * `arn:aws:sts::1:assumed-role/<role>/<session>` belongs to the service whose role that is. A role of
 * the same name in another account is somebody else's.
 */
function serviceOf(arn: string, roleArns: Config['roleArns']): ServiceName | null {
  const session = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\/[^/]+$/u.exec(arn);
  if (session === null) return null;
  const [, partition, account, role] = session;
  const roleArn = `arn:${partition}:iam::${account}:role/${role}`;
  return SERVICES.find((name) => roleArns[name] === roleArn) ?? null;
}
