import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { inject } from 'vitest';

import { PASSWORD } from '../../../backend/kit/testing/cloud-user';

export function openCognito(): CognitoIdentityProviderClient {
  const { userPoolEndpoint, adminCredentials, region } = inject('cloud');
  return new CognitoIdentityProviderClient({
    endpoint: userPoolEndpoint,
    region,
    credentials: adminCredentials,
  });
}

/** The same token, signed by the pool's own key, but for some of its claims. */
async function resigned(token: string, claims: Record<string, unknown>): Promise<string> {
  const { dataDirectory, userPoolId } = inject('cloud');
  const file = join(dataDirectory, 'aws', 'state', 'cognito-pool-keys', `${userPoolId}-id.pem`);
  const { kid } = decodeProtectedHeader(token);
  return new SignJWT({ ...decodeJwt(token), ...claims })
    .setProtectedHeader({ alg: 'RS256', ...(kid === undefined ? {} : { kid }) })
    .sign(createPrivateKey(readFileSync(file)));
}

/** Right in everything, signature and user, but from an hour ago. */
export function expiredToken(token: string): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return resigned(token, { iat: now - 7_200, auth_time: now - 7_200, exp: now - 3_600 });
}

/** Right in everything, with so many seconds left. */
export function expiringToken(token: string, seconds: number): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return resigned(token, { exp: now + seconds });
}

/** Signed anew and nothing else: shows that what tests refuse is not the signature. */
export function sameToken(token: string): Promise<string> {
  return resigned(token, {});
}

/** The ID token of a user with this address in a pool of somebody else. */
export async function tokenOfAnotherPool(email: string): Promise<string> {
  const cognito = openCognito();
  const pool = await cognito.send(new CreateUserPoolCommand({ PoolName: 'somebody-else' }));
  const UserPoolId = pool.UserPool?.Id ?? '';
  const client = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({
      UserPoolId,
      Username: email,
      Password: PASSWORD,
      Permanent: true,
    }),
  );
  const ClientId = client.UserPoolClient?.ClientId ?? '';
  const signedIn = await signIn(cognito, UserPoolId, ClientId, email);
  cognito.destroy();
  return signedIn.idToken;
}

/** The access token of a registered user: of the right pool and person, and for another use. */
export async function accessTokenOf(email: string): Promise<string> {
  const { userPoolId, userPoolClientId } = inject('cloud');
  const cognito = openCognito();
  const { accessToken } = await signIn(cognito, userPoolId, userPoolClientId, email);
  cognito.destroy();
  return accessToken;
}

async function signIn(
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
  ClientId: string,
  email: string,
): Promise<{ readonly idToken: string; readonly accessToken: string }> {
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD },
    }),
  );
  const { IdToken, AccessToken } = AuthenticationResult ?? {};
  if (IdToken === undefined || AccessToken === undefined) throw new Error('no tokens were given');
  return { idToken: IdToken, accessToken: AccessToken };
}
