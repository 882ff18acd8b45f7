import { createHmac } from 'node:crypto';

/** A call that a user may make himself, as an app of his would; nobody signs it. */
export async function callPool(endpoint: string, action: string, input: unknown): Promise<unknown> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
    },
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`);
  return await answer.json();
}

/** Sets up an authenticator app for whoever holds the token; answers its secret. */
export async function enrolAuthenticator(endpoint: string, AccessToken: string): Promise<string> {
  const { SecretCode: secret } = (await callPool(endpoint, 'AssociateSoftwareToken', {
    AccessToken,
  })) as { readonly SecretCode: string };
  await callPool(endpoint, 'VerifySoftwareToken', { AccessToken, UserCode: codeOf(secret) });
  await callPool(endpoint, 'SetUserMFAPreference', {
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
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
