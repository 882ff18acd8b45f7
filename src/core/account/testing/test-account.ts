import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createSecretFile, noCipher } from '../../host/secret-file';
import { Account } from '../account';

export const PASSWORD = 'Correct-horse-1';
/** What the emulator's Cognito mails: for a new address, for a new password. */
export const CODE = '123456';
export const RESET_CODE = '654321';

export interface TestMachine {
  readonly dataDirectory: string;
  /** The account as after a start of the app. */
  start(): Promise<Account>;
  /** How often the core was told of a change. */
  changes(): number;
  remove(): void;
}

/** A machine with an empty data directory that uses the given cloud. */
export function createMachine(cloudUrl: string | null): TestMachine {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'doccentr-account-'));
  let changes = 0;
  return {
    dataDirectory,
    start: () =>
      Account.open({
        dataDirectory,
        platform: createSecretFile(dataDirectory, noCipher),
        cloudUrl,
        developmentCloud: null,
        onChange: () => (changes += 1),
      }),
    changes: () => changes,
    remove: () => rmSync(dataDirectory, { recursive: true, force: true }),
  };
}

export function newEmail(): string {
  return `user-${randomUUID()}@acme.example`;
}
