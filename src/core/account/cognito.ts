import {
  confirmResetPassword,
  confirmSignIn,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  type ConfirmSignInOutput,
  type SignInOutput,
} from '@aws-amplify/auth';
import {
  DefaultTokenStore,
  refreshAuthTokensWithoutDedupe,
  TokenOrchestrator,
} from '@aws-amplify/auth/cognito';
import {
  ConsoleLogger,
  createAmplifyContext,
  type AuthConfig,
  type AuthTokens,
} from '@aws-amplify/core';
import { registerContextTokenOrchestrator } from '@aws-amplify/core/internals/utils';
import { z } from 'zod';

import { ok } from '../../shared/domain/result';
import type { UserPool } from './account-file';
import type { CloudResult } from './cloud-failure';
import { cloudRefused, failureOfCognito } from './cloud-failure';
import type { TokenStore } from './token-store';

/** What comes after a right password. */
export type SignInStep = 'signed_in' | 'needs_totp' | 'needs_confirmation';

/** Who signed in, by his ID token. */
export interface Identity {
  readonly id: string;
  readonly email: string;
}

export interface IdToken {
  readonly token: string;
  readonly identity: Identity;
  /** Milliseconds that it is still valid for, by the cloud's clock. */
  readonly remaining: number;
}

/** Signing in at one user pool, by Amplify. Every call may take its whole patience offline. */
export interface Cognito {
  signIn(email: string, password: string): Promise<CloudResult<SignInStep>>;
  confirmSignIn(code: string): Promise<CloudResult<SignInStep>>;
  resendCode(email: string): Promise<CloudResult<void>>;
  startReset(email: string): Promise<CloudResult<void>>;
  finishReset(email: string, code: string, password: string): Promise<CloudResult<void>>;
  /** What is held now, without asking anybody; null when nobody is signed in. */
  held(): Promise<IdToken | null>;
  /** Fetches new tokens; null when the sign-in is over. */
  refresh(): Promise<CloudResult<IdToken | null>>;
  /** Forgets the tokens and has the refresh token revoked where there is a connection. */
  signOut(): Promise<void>;
}

const PATIENCE_MS = 20_000;

// What concerns tokens is written nowhere; failures come back as errors.
ConsoleLogger.LOG_LEVEL = 'NONE';

export function createCognito(pool: UserPool, store: TokenStore): Cognito {
  const config = {
    Cognito: {
      userPoolId: pool.userPoolId,
      userPoolClientId: pool.userPoolClientId,
      ...(pool.endpoint === null ? {} : { userPoolEndpoint: pool.endpoint }),
    },
  } satisfies AuthConfig;
  const orchestrator = createOrchestrator(config, store);
  const tokenProvider = {
    getTokens: (options?: { readonly forceRefresh?: boolean }) => orchestrator.getTokens(options),
  };
  // A context of its own instead of Amplify's one for the whole process.
  registerContextTokenOrchestrator(tokenProvider, orchestrator);
  const context = createAmplifyContext({ Auth: config }, { Auth: { tokenProvider } });

  async function attempt<T>(work: () => Promise<CloudResult<T>>): Promise<CloudResult<T>> {
    try {
      return await withPatience(work());
    } catch (error) {
      return { ok: false, error: failureOfCognito(error) };
    }
  }

  return {
    signIn: (email, password) =>
      attempt(async () =>
        stepOf(
          await signIn(context, {
            username: email,
            password,
            options: { authFlowType: 'USER_SRP_AUTH' },
          }),
        ),
      ),
    confirmSignIn: (code) =>
      attempt(async () => stepOf(await confirmSignIn(context, { challengeResponse: code }))),
    resendCode: (email) =>
      attempt(async () => {
        await resendSignUpCode(context, { username: email });
        return ok(undefined);
      }),
    startReset: (email) =>
      attempt(async () => {
        await resetPassword(context, { username: email });
        return ok(undefined);
      }),
    finishReset: (email, code, password) =>
      attempt(async () => {
        await confirmResetPassword(context, {
          username: email,
          confirmationCode: code,
          newPassword: password,
        });
        return ok(undefined);
      }),
    held: async () => {
      const tokens = await orchestrator.getTokenStore().loadTokens();
      return tokens === null ? null : idTokenOf(tokens, tokens.clockDrift);
    },
    refresh: () =>
      attempt(async () => {
        const tokens = await orchestrator.getTokens({ forceRefresh: true });
        await store.flush().catch(() => undefined);
        if (tokens === null) return ok(null);
        const drift = (await orchestrator.getTokenStore().loadTokens())?.clockDrift ?? 0;
        return ok(idTokenOf(tokens, drift));
      }),
    signOut: async () => {
      try {
        await withPatience(signOut(context));
      } finally {
        await store.storage.clear();
        await store.flush();
      }
    },
  };
}

function createOrchestrator(config: AuthConfig, store: TokenStore): TokenOrchestrator {
  const tokens = new DefaultTokenStore();
  tokens.setAuthConfig(config);
  tokens.setKeyValueStorage(store.storage);
  const orchestrator = new TokenOrchestrator();
  orchestrator.setAuthConfig(config);
  orchestrator.setAuthTokenStore(tokens);
  // The account sees to it that one refresh runs at a time; Amplify's own way spans all accounts.
  orchestrator.setTokenRefresher(refreshAuthTokensWithoutDedupe);
  return orchestrator;
}

const claims = z.object({ sub: z.string(), email: z.string(), exp: z.number() });

function idTokenOf({ idToken }: AuthTokens, clockDrift: number): IdToken | null {
  if (idToken === undefined) return null;
  const { sub, email, exp } = claims.parse(idToken.payload);
  return {
    token: idToken.toString(),
    identity: { id: sub, email: email.toLowerCase() },
    remaining: exp * 1000 - (Date.now() + clockDrift),
  };
}

function stepOf({ nextStep }: SignInOutput | ConfirmSignInOutput): CloudResult<SignInStep> {
  switch (nextStep.signInStep) {
    case 'DONE':
      return ok('signed_in');
    case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
      return ok('needs_totp');
    case 'CONFIRM_SIGN_UP':
      return ok('needs_confirmation');
    case 'RESET_PASSWORD':
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return cloudRefused(401, 'password', 'password_reset_needed');
    default:
      return cloudRefused(401, '', 'sign_in_step_unsupported');
  }
}

/** A connection that neither answers nor ends is as good as none. */
async function withPatience<T>(work: Promise<T>): Promise<T> {
  const timer = Promise.withResolvers<never>();
  const timeout = setTimeout(() => {
    timer.reject(new DOMException('no answer', 'TimeoutError'));
  }, PATIENCE_MS);
  try {
    return await Promise.race([work, timer.promise]);
  } finally {
    clearTimeout(timeout);
  }
}
