import { createHmac } from 'node:crypto';

import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { inject } from 'vitest';

import { openCognito } from './tokens';

function user(email: string) {
  return { UserPoolId: inject('cloud').userPoolId, Username: email };
}

export async function disableUser(email: string): Promise<void> {
  await openCognito().send(new AdminDisableUserCommand(user(email)));
}

export async function enableUser(email: string): Promise<void> {
  await openCognito().send(new AdminEnableUserCommand(user(email)));
}

export async function deleteUser(email: string): Promise<void> {
  await openCognito().send(new AdminDeleteUserCommand(user(email)));
}

/** As "sign out everywhere": every refresh token that there is has ended. */
export async function revokeSignIns(email: string): Promise<void> {
  await openCognito().send(new AdminUserGlobalSignOutCommand(user(email)));
}

/** Sets up an authenticator app for whoever holds the token; answers its secret. */
export async function enrolAuthenticator(accessToken: string): Promise<string> {
  const cognito = openCognito();
  const { SecretCode: secret = '' } = await cognito.send(
    new AssociateSoftwareTokenCommand({ AccessToken: accessToken }),
  );
  await cognito.send(
    new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: codeOf(secret) }),
  );
  await cognito.send(
    new SetUserMFAPreferenceCommand({
      AccessToken: accessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    }),
  );
  return secret;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** What an authenticator app shows now: RFC 6238 with SHA-1, six digits, steps of 30 seconds. */
export function codeOf(secret: string): string {
  const bits = [...secret.replace(/=+$/u, '')]
    .map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/gu) ?? [];
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS)));
  const digest = createHmac('sha1', key).update(step).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}
