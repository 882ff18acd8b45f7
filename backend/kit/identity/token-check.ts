import type { JWTVerifyGetKey } from 'jose';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';

import type { Config } from '../config';
import type { Caller } from '../http/handlers';
import { ServiceUnavailableError } from './service-unavailable';

const claims = z.object({
  sub: z.string().min(1).max(64),
  email: z.email(),
  exp: z.number(),
  token_use: z.literal('id'),
});

const REMEMBERED = 5_000;

/** Who a token speaks for; null when it is not one of ours or no longer valid. */
export type TokenCheck = (token: string) => Promise<Caller | null>;

/**
 * Checks ID tokens of the pool: signature by the pool's published keys, issuer, audience (the app's
 * client), expiry and use. A good token is remembered until it expires, since checking its
 * signature costs more than most calls. Throws `ServiceUnavailableError` when the keys cannot be had.
 */
export function createTokenCheck(
  config: Pick<Config, 'issuer' | 'jwksUri' | 'userPoolClientId'>,
  keys: JWTVerifyGetKey = keysAt(new URL(config.jwksUri)),
): TokenCheck {
  const known = new Map<string, Caller>();
  return async (token) => {
    const remembered = known.get(token);
    if (remembered !== undefined) {
      if (remembered.expiresAt.getTime() > Date.now()) return remembered;
      known.delete(token);
      return null;
    }
    const caller = await verify(token);
    if (caller !== null) {
      if (known.size >= REMEMBERED) known.clear();
      known.set(token, caller);
    }
    return caller;
  };

  async function verify(token: string): Promise<Caller | null> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: config.issuer,
        audience: config.userPoolClientId,
        algorithms: ['RS256'],
      });
      const parsed = claims.safeParse(payload);
      if (!parsed.success) return null;
      const { sub, email, exp } = parsed.data;
      return { sub, email: email.toLowerCase(), expiresAt: new Date(exp * 1_000) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}

/** What is wrong with a token, not with whoever hands out the keys. */
const OF_THE_TOKEN = new Set([
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
  errors.JOSENotSupported.code,
]);

/** The published keys; a pool that cannot be asked says nothing about a token. */
function keysAt(address: URL): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(address);
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (cause) {
      if (cause instanceof errors.JOSEError && OF_THE_TOKEN.has(cause.code)) throw cause;
      throw new ServiceUnavailableError("the pool's keys cannot be had", { cause });
    }
  };
}
