import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { UserPool } from './user-pool';
import { createUserPool } from './user-pool';

/** Answers of Cognito that the emulator never gives, by operation. */
let answers: Readonly<Record<string, { readonly status: number; readonly body: object }>>;
let asked: string[];
let server: Server;
let pool: UserPool;

function failure(name: string) {
  return { status: 400, body: { __type: name, message: 'as Cognito says' } };
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    asked.push(operation);
    const { status, body } = answers[operation] ?? { status: 200, body: {} };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  pool = createUserPool({ userPoolId: 'eu-central-1_pool', userPoolClientId: 'client' });
});

beforeEach(() => {
  asked = [];
});

afterAll(() => {
  pool.close();
  server.close();
  vi.unstubAllEnvs();
});

describe('what Cognito refuses', () => {
  it.each(['TooManyRequestsException', 'LimitExceededException'])(
    'is passed on with a time to come back: %s',
    async (name) => {
      answers = {
        SignUp: failure(name),
        AdminInitiateAuth: failure(name),
        ConfirmSignUp: failure(name),
        ConfirmForgotPassword: failure(name),
      };
      const refusals = await Promise.all([
        pool.signUp('a@b.example', 'x'),
        pool.signIn('a@b.example', 'x'),
        pool.refresh('x'),
        pool.confirm('a@b.example', '123456'),
        pool.finishReset('a@b.example', '123456', 'x'),
      ]);
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ kind: 'refusal', status: 429 });
        expect(refusal).toHaveProperty('retryAfterSeconds');
      }
    },
  );

  it.each([
    ['PasswordResetRequiredException', 'password_reset_needed'],
    ['UserNotConfirmedException', 'credentials_invalid'],
    ['NotAuthorizedException', 'credentials_invalid'],
  ])('at a sign-in is a 401: %s', async (name, code) => {
    answers = { AdminInitiateAuth: failure(name) };
    expect(await pool.signIn('a@b.example', 'x')).toMatchObject({ status: 401, code });
  });

  it('is a failure where nothing stands for it', async () => {
    answers = { AdminInitiateAuth: failure('ResourceNotFoundException') };
    await expect(pool.signIn('a@b.example', 'x')).rejects.toThrow('as Cognito says');
  });
});

it('does not sign in a user who has a second factor', async () => {
  const body = { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'x'.repeat(20) };
  answers = { AdminInitiateAuth: { status: 200, body } };
  const refusal = await pool.signIn('a@b.example', 'x');
  expect(refusal).toMatchObject({ status: 401, code: 'second_factor_needed' });
});

describe('asking for a new password', () => {
  it.each([
    'UserNotFoundException',
    'NotAuthorizedException',
    'LimitExceededException',
    'CodeDeliveryFailureException',
  ])('says nothing about the account: %s', async (name) => {
    answers = { ForgotPassword: failure(name) };
    expect(await pool.startReset('a@b.example')).toBeNull();
  });

  it('mails the code again where the address was never confirmed', async () => {
    answers = { ForgotPassword: failure('InvalidParameterException') };
    expect(await pool.startReset('a@b.example')).toBeNull();
    expect(asked).toEqual(['ForgotPassword', 'ResendConfirmationCode']);
  });
});

it('blames an address that is longer than names of users may be', async () => {
  answers = {
    SignUp: failure('InvalidParameterException'),
    ForgotPassword: failure('InvalidParameterException'),
    ResendConfirmationCode: failure('InvalidParameterException'),
  };
  const long = `${'a'.repeat(64)}@${'b'.repeat(63)}.example`;
  expect(await pool.signUp(long, 'x')).toMatchObject({ status: 400, issues: [{ field: 'email' }] });
  expect(await pool.signUp('a@b.example', 'x')).toMatchObject({ issues: [{ field: 'password' }] });
  expect(await pool.startReset(long)).toBeNull();
});
