import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

/** What a data directory keeps. (The usual one also holds the emulator's program, which stays.) */
const KEPT = ['mysql', 'aws', 'keys.json', 'demo.json'] as const;

const keysSchema = z.object({ awsSecretAccessKey: z.string(), databaseRootPassword: z.string() });
export type Keys = z.infer<typeof keysSchema>;

export interface DataDirectory {
  readonly path: string;
  readonly mysql: string;
  readonly aws: string;
  readonly ports: string;
  readonly logOf: (process: string) => string;
}

export function openDataDirectory(path: string): DataDirectory {
  const logs = join(path, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  return {
    path,
    mysql: join(path, 'mysql'),
    aws: join(path, 'aws'),
    ports: join(path, 'ports.json'),
    logOf: (process) => join(logs, `${process}.log`),
  };
}

/** Lets go of users, rows, objects and messages. */
export function emptyDataDirectory({ path }: DataDirectory): void {
  for (const name of KEPT) rmSync(join(path, name), { recursive: true, force: true });
}

/** The keys of this directory's servers, made when it is new. */
export function readKeys({ path }: DataDirectory): Keys {
  const file = join(path, 'keys.json');
  try {
    return keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    const keys = { awsSecretAccessKey: randomKey(), databaseRootPassword: randomKey() };
    writeFileSync(file, `${JSON.stringify(keys)}\n`, { mode: 0o600 });
    return keys;
  }
}

function randomKey(): string {
  return randomBytes(30).toString('base64url');
}
