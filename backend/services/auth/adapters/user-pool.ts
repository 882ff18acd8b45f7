import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';
import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { z } from 'zod';

import { PATIENT_TIMEOUTS } from '../../../kit/aws-timeouts';
import type { Config } from '../../../kit/config';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, invalid, refuse } from '../../../kit/http/refusal';

/** A user as the pool knows him. */
export interface PoolUser {
  readonly sub: string;
  readonly email: string;
  readonly isConfirmed: boolean;
}

/** Tokens of a user; `token` is the ID token. */
export interface PoolSession {
  readonly token: string;
  /** Null where the one that was traded in goes on. */
  readonly refreshToken: string | null;
  readonly expiresIn: number;
  readonly user: PoolUser;
}

/** Cognito's user pool: the only one who ever sees a password kept. */
export interface UserPool {
  signUp(email: string, password: string): Promise<PoolUser | Refusal>;
  confirm(email: string, code: string): Promise<null | Refusal>;
  signIn(email: string, password: string): Promise<PoolSession | Refusal>;
  refresh(refreshToken: string): Promise<PoolSession | Refusal>;
  /** Mails a code, if there is such a user; says nothing about it either way. */
  startReset(email: string): Promise<null | Refusal>;
  finishReset(email: string, code: string, password: string): Promise<null | Refusal>;
  /** By `sub` or e-mail address; null when there is none. */
  find(name: string): Promise<PoolUser | null>;
  close(): void;
}

/**
 * One answer for a wrong password, an unknown address and one that was not confirmed: Cognito tells
 * of the last before it looks at the password, so that saying it would tell strangers who is here.
 */
const CREDENTIALS = refuse(401, 'credentials_invalid', {
  detail: 'The e-mail address or the password is wrong, or the address is not confirmed yet.',
});

/** One answer for a wrong code, one that is too old, and an address that nobody registered. */
const CODE = invalid([{ field: 'code', code: 'code_invalid' }]);
const EMAIL = invalid([{ field: 'email', code: 'email_too_long' }]);
const PASSWORD = invalid([{ field: 'password', code: 'password_weak' }]);

/** Names of users have at most 128 characters at Cognito; an e-mail address is such a name here. */
function isTooLong(email: string): boolean {
  return email.length > 128;
}

type Refusals = Readonly<Record<string, Refusal | undefined>>;

const LIMITS: Refusals = {
  TooManyRequestsException: refuse(429, 'too_many_requests', { retryAfterSeconds: 5 }),
  LimitExceededException: refuse(429, 'too_many_attempts', { retryAfterSeconds: 900 }),
};

/** Runs a call; an error that has a refusal becomes it, any other is thrown on. */
async function orRefusal<T>(call: Promise<T>, refusals: Refusals): Promise<T | Refusal> {
  try {
    return await call;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const refusal = refusals[name] ?? LIMITS[name];
    if (refusal === undefined) throw error;
    return refusal;
  }
}

export function createUserPool(config: Pick<Config, 'userPoolId' | 'userPoolClientId'>): UserPool {
  const cognito = new CognitoIdentityProviderClient({ maxAttempts: 2, ...PATIENT_TIMEOUTS });
  const ClientId = config.userPoolClientId;
  const UserPoolId = config.userPoolId;

  async function start(
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH',
    AuthParameters: Record<string, string>,
  ): Promise<PoolSession | Refusal> {
    const answer = await cognito.send(
      new AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow, AuthParameters }),
    );
    return answer.AuthenticationResult === undefined
      ? challengeRefusal(answer.ChallengeName)
      : sessionOf(answer.AuthenticationResult);
  }

  return {
    signUp: (email, password) =>
      orRefusal(
        cognito
          .send(
            new SignUpCommand({
              ClientId,
              Username: email,
              Password: password,
              UserAttributes: [{ Name: 'email', Value: email }],
            }),
          )
          .then(({ UserSub, UserConfirmed }) => ({
            sub: z.string().parse(UserSub),
            email,
            isConfirmed: UserConfirmed === true,
          })),
        {
          UsernameExistsException: conflict('email_taken', [
            { field: 'email', code: 'email_taken' },
          ]),
          InvalidPasswordException: PASSWORD,
          // The contract has checked the rest; what is left is a password of blanks and such.
          InvalidParameterException: isTooLong(email) ? EMAIL : PASSWORD,
        },
      ),

    confirm: (email, code) =>
      orRefusal(
        cognito
          .send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: code }))
          .then(() => null),
        {
          CodeMismatchException: CODE,
          ExpiredCodeException: CODE,
          UserNotFoundException: CODE,
          NotAuthorizedException: CODE,
          AliasExistsException: CODE,
          InvalidParameterException: CODE,
          TooManyFailedAttemptsException: LIMITS['LimitExceededException'],
        },
      ),

    signIn: (email, password) =>
      orRefusal(start('ADMIN_USER_PASSWORD_AUTH', { USERNAME: email, PASSWORD: password }), {
        NotAuthorizedException: CREDENTIALS,
        UserNotFoundException: CREDENTIALS,
        UserNotConfirmedException: CREDENTIALS,
        InvalidParameterException: CREDENTIALS,
        // Told to the right password alone.
        PasswordResetRequiredException: refuse(401, 'password_reset_needed'),
      }),

    refresh: (refreshToken) =>
      orRefusal(start('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: refreshToken }), {
        NotAuthorizedException: refuse(401, 'refresh_token_invalid'),
        InvalidParameterException: refuse(401, 'refresh_token_invalid'),
        UserNotFoundException: refuse(401, 'refresh_token_invalid'),
      }),

    async startReset(email) {
      try {
        await cognito.send(new ForgotPasswordCommand({ ClientId, Username: email }));
        return null;
      } catch (error) {
        const name = error instanceof Error ? error.name : '';
        if (name === 'TooManyRequestsException') return LIMITS[name] ?? null;
        if (name === 'InvalidParameterException') {
          // Nobody could have signed up by it.
          if (isTooLong(email)) return null;
          // An address that was never confirmed gets no new password; it gets its code again.
          await cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username: email }));
          return null;
        }
        if (TOLD_TO_NOBODY.has(name)) return null;
        throw error;
      }
    },

    finishReset: (email, code, password) =>
      orRefusal(
        cognito
          .send(
            new ConfirmForgotPasswordCommand({
              ClientId,
              Username: email,
              ConfirmationCode: code,
              Password: password,
            }),
          )
          .then(() => null),
        {
          CodeMismatchException: CODE,
          ExpiredCodeException: CODE,
          UserNotFoundException: CODE,
          UserNotConfirmedException: CODE,
          NotAuthorizedException: CODE,
          InvalidPasswordException: PASSWORD,
          InvalidParameterException: PASSWORD,
          TooManyFailedAttemptsException: LIMITS['LimitExceededException'],
        },
      ),

    async find(name) {
      try {
        const found = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: name }));
        const attribute = (wanted: string) =>
          z.string().parse(found.UserAttributes?.find((one) => one.Name === wanted)?.Value);
        return {
          sub: attribute('sub'),
          email: attribute('email').toLowerCase(),
          isConfirmed: found.UserStatus === 'CONFIRMED' && found.Enabled !== false,
        };
      } catch (error) {
        if (error instanceof Error && error.name === 'UserNotFoundException') return null;
        throw error;
      }
    },

    close: () => cognito.destroy(),
  };
}

/** Each of them would tell that there is an account, or that there is none. */
const TOLD_TO_NOBODY = new Set([
  'UserNotFoundException',
  'NotAuthorizedException',
  'LimitExceededException',
  'CodeDeliveryFailureException',
]);

/** The password was right, and more is asked for than this call can give. */
function challengeRefusal(challenge: string | undefined): Refusal {
  switch (challenge) {
    case 'SOFTWARE_TOKEN_MFA':
      return refuse(401, 'second_factor_needed');
    case 'NEW_PASSWORD_REQUIRED':
      return refuse(401, 'password_reset_needed');
    default:
      return refuse(401, 'challenge_unsupported');
  }
}

const idClaims = z.object({ sub: z.string(), email: z.string() });

/** Straight from Cognito, so that its signature need not be looked at. */
function sessionOf(result: AuthenticationResultType): PoolSession {
  const token = z.string().parse(result.IdToken);
  const { sub, email } = idClaims.parse(decodeJwt(token));
  return {
    token,
    refreshToken: result.RefreshToken ?? null,
    expiresIn: z.int().parse(result.ExpiresIn),
    user: { sub, email: email.toLowerCase(), isConfirmed: true },
  };
}
