import {
  confirmResetPassword,
  confirmSignIn,
  fetchMFAPreference,
  resendSignUpCode,
  resetPassword,
  setUpTOTP,
  signIn,
  signOut,
  updateMFAPreference,
  verifyTOTPSetup,
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
  type KeyValueStorageInterface,
} from '@aws-amplify/core';
import { registerContextTokenOrchestrator } from '@aws-amplify/core/internals/utils';
import { z } from 'zod';

import { ok } from '../../shared/domain/result';
import { beginCall, failedBy, type CallBegun, type OnFailedCall } from '../sync/failed-call';
import type { UserPool } from './account-file';
import type { CloudResult } from './cloud-failure';
import { cloudRefused, failedAtPool, failureOfCognito, SECOND_STEP_ISSUES } from './cloud-failure';
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

export interface TotpSecret {
  readonly secret: string;
  /** `otpauth://…`, as authenticator apps read it from a QR code. */
  readonly address: string;
}

/** What the account is called in an authenticator app, before the user's address. */
const ISSUER = 'doccentr';

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
  /** Whether signing in asks for the code of an authenticator app. */
  asksForTotp(): Promise<CloudResult<boolean>>;
  /** A secret for an authenticator app; it counts once a code of it was confirmed. */
  startTotp(email: string): Promise<CloudResult<TotpSecret>>;
  finishTotp(code: string): Promise<CloudResult<void>>;
  stopTotp(): Promise<CloudResult<void>>;
  /** Forgets the tokens and has the refresh token revoked where there is a connection. */
  signOut(): Promise<void>;
}

const PATIENCE_MS = 20_000;

// What concerns tokens is written nowhere; failures come back as errors.
ConsoleLogger.LOG_LEVEL = 'NONE';

export function createCognito(
  pool: UserPool,
  store: TokenStore,
  onFailedCall: OnFailedCall = () => undefined,
): Cognito {
  const config = {
    Cognito: {
      userPoolId: pool.userPoolId,
      userPoolClientId: pool.userPoolClientId,
      ...(pool.endpoint === null ? {} : { userPoolEndpoint: pool.endpoint }),
    },
  } satisfies AuthConfig;
  let hasEnded = false;
  const storage: KeyValueStorageInterface = {
    ...store.storage,
    // New tokens that come after a sign-out, by a call that nobody waited for, are kept nowhere.
    setItem: (key, value) => (hasEnded ? Promise.resolve() : store.storage.setItem(key, value)),
  };
  const orchestrator = createOrchestrator(config, storage);
  const tokenProvider = {
    getTokens: (options?: { readonly forceRefresh?: boolean }) => orchestrator.getTokens(options),
  };
  // A context of its own instead of Amplify's one for the whole process.
  registerContextTokenOrchestrator(tokenProvider, orchestrator);
  const context = createAmplifyContext({ Auth: config }, { Auth: { tokenProvider } });

  async function attempt<T>(
    what: string,
    work: (begun: CallBegun) => Promise<CloudResult<T>>,
    issues?: typeof SECOND_STEP_ISSUES,
  ): Promise<CloudResult<T>> {
    const begun = beginCall('cognito', what);
    try {
      return await withPatience(work(begun));
    } catch (error) {
      onFailedCall(failedAtPool(begun, error));
      return { ok: false, error: failureOfCognito(error, issues) };
    }
  }

  /** The refresh token has ended, was revoked, or its user is gone or may no longer sign in. */
  async function endSignIn(begun: CallBegun): Promise<CloudResult<null>> {
    onFailedCall({ ...failedBy(begun, null), status: 400, code: 'sign_in_over' });
    await orchestrator.getTokenStore().clearTokens();
    await store.flush().catch(() => undefined);
    return ok(null);
  }

  return {
    signIn: (email, password) =>
      attempt('sign-in', async () =>
        stepOf(
          await signIn(context, {
            username: email,
            password,
            options: { authFlowType: 'USER_SRP_AUTH' },
          }),
        ),
      ),
    confirmSignIn: (code) =>
      attempt(
        'second-step',
        async () => stepOf(await confirmSignIn(context, { challengeResponse: code })),
        SECOND_STEP_ISSUES,
      ),
    resendCode: (email) =>
      attempt('resend-code', async () => {
        await resendSignUpCode(context, { username: email });
        return ok(undefined);
      }),
    startReset: (email) =>
      attempt('reset-password', async () => {
        await resetPassword(context, { username: email });
        return ok(undefined);
      }),
    finishReset: (email, code, password) =>
      attempt('confirm-reset', async () => {
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
      attempt('refresh', async (begun) => {
        const tokens = await orchestrator.getTokens({ forceRefresh: true }).catch(nullIfOver);
        if (tokens === null) return await endSignIn(begun);
        await store.flush().catch(() => undefined);
        const drift = (await orchestrator.getTokenStore().loadTokens())?.clockDrift ?? 0;
        return ok(idTokenOf(tokens, drift));
      }),
    asksForTotp: () =>
      attempt('two-step', async () => {
        const { enabled = [] } = await fetchMFAPreference(context);
        return ok(enabled.includes('TOTP'));
      }),
    startTotp: (email) =>
      attempt('two-step-start', async () => {
        const setUp = await setUpTOTP(context);
        const { href: address } = setUp.getSetupUri(ISSUER, encodeURIComponent(email));
        return ok({ secret: setUp.sharedSecret, address });
      }),
    finishTotp: (code) =>
      attempt(
        'two-step-finish',
        async () => {
          await verifyTOTPSetup(context, { code });
          await updateMFAPreference(context, { totp: 'PREFERRED' });
          return ok(undefined);
        },
        SECOND_STEP_ISSUES,
      ),
    stopTotp: () =>
      attempt('two-step-stop', async () => {
        await updateMFAPreference(context, { totp: 'DISABLED' });
        return ok(undefined);
      }),
    signOut: async () => {
      try {
        await withPatience(signOut(context));
      } finally {
        hasEnded = true;
        await store.storage.clear();
        await store.flush();
      }
    },
  };
}

function createOrchestrator(
  config: AuthConfig,
  storage: KeyValueStorageInterface,
): TokenOrchestrator {
  const tokens = new DefaultTokenStore();
  tokens.setAuthConfig(config);
  tokens.setKeyValueStorage(storage);
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

/** What Cognito says of a sign-in that is over, besides `NotAuthorizedException`. */
const OVER: ReadonlySet<string> = new Set([
  'TokenRevokedException',
  'UserNotFoundException',
  'PasswordResetRequiredException',
  'UserNotConfirmedException',
  'RefreshTokenReuseException',
]);

function nullIfOver(error: unknown): null {
  if (error instanceof Error && OVER.has(error.name)) return null;
  throw error;
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
