import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { callPool } from '../../cloud/support/authenticator';
import { keptToken, readTokens } from '../../cloud/support/kept-tokens';
import type { Machine } from './machines';

const accountFile = z.object({
  account: z.object({ pool: z.object({ endpoint: z.url(), userPoolClientId: z.string() }) }),
});

function poolOf({ app }: Machine) {
  const text = readFileSync(join(app.dataDirectory, 'account.json'), 'utf8');
  return accountFile.parse(JSON.parse(text)).account.pool;
}

/** Has Cognito end the sign-in of a machine; the cloud takes its token no longer either. */
export async function endSignIn(machine: Machine): Promise<void> {
  const { endpoint, userPoolClientId: ClientId } = poolOf(machine);
  const Token = keptToken(readTokens(machine.app.dataDirectory), 'refreshToken');
  await callPool(endpoint, 'RevokeToken', { ClientId, Token });
  await machine.network.refuse(401, 'unauthorised');
}
