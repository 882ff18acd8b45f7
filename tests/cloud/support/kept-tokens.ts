import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

const kept = z.object({ encrypted: z.literal(false), data: z.string() });
const tokens = z.record(z.string(), z.string());

/** The tokens that a machine keeps whose system encrypts nothing, by Amplify's keys. */
export function readTokens(dataDirectory: string): Readonly<Record<string, string>> {
  const file = kept.parse(JSON.parse(readFileSync(join(dataDirectory, 'sign-in.json'), 'utf8')));
  return tokens.parse(JSON.parse(file.data));
}

export function keptToken(
  values: Readonly<Record<string, string>>,
  name: 'idToken' | 'accessToken' | 'refreshToken',
): string {
  const found = Object.entries(values).find(([key]) => key.endsWith(`.${name}`));
  if (found === undefined) throw new Error(`no ${name} is kept`);
  return found[1];
}
