import { setTimeout as delay } from 'node:timers/promises';

import type { z } from 'zod';

import type { authRoutes } from '../../../../src/shared/contracts/rest-v1/auth';
import { checkpoint } from '../../../kit/checkpoint';
import type { Database } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import type { Handlers } from '../../../kit/http/handlers';
import { isRefusal } from '../../../kit/http/idempotency';
import { openApiDocument } from '../../../kit/http/openapi';
import type { Refusal } from '../../../kit/http/refusal';
import { refuse } from '../../../kit/http/refusal';
import type { Logger } from '../../../kit/telemetry/log';
import { describeError } from '../../../kit/telemetry/log';
import type { Memberships } from '../adapters/membership-source';
import type { PoolSession, UserPool } from '../adapters/user-pool';
import { ensureAccount, recordLogin } from '../db/accounts';
import { businessesOf } from '../db/membership-repository';
import { aloneWithAddress } from '../db/user-repository';
import { membershipViewOf } from './views';

type AuthenticationRoutes = Pick<
  typeof authRoutes,
  | 'register'
  | 'confirmRegistration'
  | 'login'
  | 'openSession'
  | 'refresh'
  | 'verifyToken'
  | 'resetPassword'
  | 'confirmReset'
  | 'getAuthConfig'
  | 'getOpenApi'
>;

/** How long a reset takes to answer, whatever Cognito does meanwhile. */
const RESET_ANSWER_MS = 400;

/** The pool no longer knows whom the token names. */
const NO_USER = refuse(401, 'token_invalid');

interface Parts {
  readonly db: Database;
  readonly pool: UserPool;
  readonly memberships: Memberships;
  readonly log: Logger;
  /** Where programs find the user pool. */
  readonly authConfig: z.input<(typeof authRoutes.getAuthConfig.success)[200]['body']>;
}

export function createAuthenticationHandlers({
  db,
  pool,
  memberships,
  log,
  authConfig,
}: Parts): Handlers<AuthenticationRoutes> {
  async function placesOf(sub: string) {
    // Makes the account good where a call was cut off.
    const user = await memberships.userOf(sub);
    return user === null ? null : (await businessesOf(db, sub)).map(membershipViewOf);
  }

  return {
    async register({ body }) {
      const email = body.email.toLowerCase();
      // Once, also where the transaction is tried again.
      let signingUp: ReturnType<UserPool['signUp']> | undefined;
      const made = await transact(db, (transaction) =>
        aloneWithAddress(transaction, email, async () => {
          const user = await (signingUp ??= pool.signUp(email, body.password));
          if (isRefusal(user)) return user;
          // Were this cut off here, the account would be made at the first confirmation or sign-in.
          const account = await ensureAccount(
            transaction,
            { ...user, isSignUp: true },
            body.business,
          );
          checkpoint('register', 'before-commit');
          return { user, account };
        }),
      );
      if (isRefusal(made)) return made;
      const { user, account } = made;
      const [first] = await memberships.find(user.sub);
      const business = account.business ?? first?.business;
      if (business === undefined) throw new Error('a new user without a business');
      return { status: 200, body: { confirmed: user.isConfirmed, business_id: business } };
    },

    async confirmRegistration({ body }) {
      const email = body.email.toLowerCase();
      const refusal = await pool.confirm(email, body.code);
      if (refusal !== null) return refusal;
      try {
        const user = await pool.find(email);
        if (user !== null) await memberships.userOf(user.sub);
      } catch (error) {
        // The address is confirmed all the same; signing in makes good what is missing.
        log.warn(describeError(error), 'an account could not be looked after');
      }
      return { status: 200, body: { confirmed: true } };
    },

    async login({ body }) {
      const session = await pool.signIn(body.email.toLowerCase(), body.password);
      if (isRefusal(session)) return session;
      await recordLogin(db, session.user);
      return { status: 200, body: sessionView(session, '') };
    },

    async openSession({ caller }) {
      const places = await placesOf(caller.sub);
      if (places === null) return NO_USER;
      await recordLogin(db, caller);
      return { status: 200, body: { memberships: places } };
    },

    async refresh({ body }) {
      const session = await pool.refresh(body.refresh_token);
      if (isRefusal(session)) return session;
      return { status: 200, body: sessionView(session, body.refresh_token) };
    },

    async verifyToken({ caller }) {
      const places = await placesOf(caller.sub);
      if (places === null) return NO_USER;
      const { email, expiresAt } = caller;
      return {
        status: 200,
        body: { valid: true, email, expires_at: expiresAt.toISOString(), memberships: places },
      };
    },

    async resetPassword({ body }) {
      // Mailing takes longer than finding nobody: the answer waits for neither.
      const asked = pool.startReset(body.email.toLowerCase()).catch((error: unknown) => {
        log.warn(describeError(error), 'a reset could not be asked for');
        return null;
      });
      const [refusal] = await Promise.all([firstOf(asked), delay(RESET_ANSWER_MS)]);
      return refusal ?? { status: 200, body: { accepted: true } };
    },

    async confirmReset({ body }) {
      const { email, code, password } = body;
      const refusal = await pool.finishReset(email.toLowerCase(), code, password);
      return refusal ?? { status: 200, body: { accepted: true } };
    },

    getAuthConfig: async () => ({ status: 200, body: authConfig }),

    getOpenApi: async () => ({ status: 200, body: openApiDocument() }),
  };
}

/** What came of it within the time that the answer takes anyway. */
function firstOf(asked: Promise<Refusal | null>): Promise<Refusal | null> {
  return Promise.race([asked, delay(RESET_ANSWER_MS, null)]);
}

function sessionView(session: PoolSession, refreshToken: string) {
  return {
    token: session.token,
    refresh_token: session.refreshToken ?? refreshToken,
    expires_in: session.expiresIn,
  };
}
