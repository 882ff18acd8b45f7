import { randomUUID } from 'node:crypto';

import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { RowDataPacket } from 'mysql2/promise';
import { createPool } from 'mysql2/promise';
import { afterAll, expect, inject } from 'vitest';

import type { Problem } from '../../../../src/shared/contracts/rest-v1/problem';
import type { TestAnswer } from '../../../kit/testing/cloud-user';
import { callApi, CODE, PASSWORD } from '../../../kit/testing/cloud-user';

export interface Session {
  readonly token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

export interface Place {
  readonly business_id: string;
  readonly name: string;
  readonly role: string;
  readonly is_pristine: boolean;
}

/** The emulator's code for a new password. */
export const RESET_CODE = '654321';

export const cloud = inject('cloud');
export const pool = createPool({ ...cloud.database, database: 'doccentr_auth' });
export const cognito = new CognitoIdentityProviderClient({
  region: cloud.region,
  endpoint: cloud.userPoolEndpoint,
  credentials: cloud.adminCredentials,
});

afterAll(async () => {
  cognito.destroy();
  await pool.end();
});

export function newEmail(): string {
  return `person-${randomUUID()}@acme.example`;
}

export function post<T>(path: string, body: object): Promise<TestAnswer<T>> {
  return callApi<T>({ method: 'POST', path, body });
}

export function get<T>(path: string, token: string, business?: string): Promise<TestAnswer<T>> {
  return callApi<T>({ method: 'GET', path, headers: bearer(token, business) });
}

export function bearer(token: string, business?: string) {
  return {
    authorization: `Bearer ${token}`,
    ...(business === undefined ? {} : { 'x-business-id': business }),
  };
}

export function login(email: string, password = PASSWORD): Promise<TestAnswer<Session>> {
  return post<Session>('/auth/login', { email, password });
}

/** What a refusal says, without the name of the request. */
export function refusalOf(answer: TestAnswer) {
  return { ...(answer.body as Problem), instance: '' };
}

export async function eventsOf(field: 'user_id' | 'user', value: number | string) {
  const [rows] = await pool.query<RowDataPacket[]>(
    'select name, tenant, data from outbox where data like ? order by position',
    [`%"${field}":${JSON.stringify(value)}%`],
  );
  return rows.map((row) => String(row['name']));
}

export async function userIdOf(email: string): Promise<number> {
  const [rows] = await pool.query<RowDataPacket[]>('select id from users where email = ?', [email]);
  expect(rows).toHaveLength(1);
  return Number(rows[0]?.['id']);
}

/** A user whom Cognito knows and this service does not. */
export async function signUpWithCognito(email: string): Promise<string> {
  const { UserSub } = await cognito.send(
    new SignUpCommand({
      ClientId: cloud.userPoolClientId,
      Username: email,
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
  await cognito.send(
    new ConfirmSignUpCommand({
      ClientId: cloud.userPoolClientId,
      Username: email,
      ConfirmationCode: CODE,
    }),
  );
  return UserSub ?? '';
}

/** A sign-in that the API has no part in, as the app does it by SRP. */
export async function signInWithCognito(email: string) {
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: cloud.userPoolId,
      ClientId: cloud.userPoolClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD },
    }),
  );
  return {
    token: AuthenticationResult?.IdToken ?? '',
    accessToken: AuthenticationResult?.AccessToken ?? '',
    refreshToken: AuthenticationResult?.RefreshToken ?? '',
  };
}
