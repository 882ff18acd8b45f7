import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Account } from '../core/account/account';
import { createSecretFile } from '../core/host/secret-file';
import { findSystemCipher, type SystemStorage } from './system-cipher';

const SECRET = '{"token":"eyJhbGciOi"}';

type Backend = ReturnType<SystemStorage['getSelectedStorageBackend']>;

/** What Electron would answer, which cannot run here. */
function storageOf(backend: Backend, isAvailable = true): SystemStorage {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    encryptStringAsync: (text) => Promise.resolve(swap(Buffer.from(text))),
    decryptStringAsync: (bytes) =>
      Promise.resolve({ result: swap(bytes).toString(), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => backend,
  };
}

function swap(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0x5a));
}

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-cipher-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function platformOf(backend: Backend, platform: NodeJS.Platform, isAvailable = true) {
  return createSecretFile(directory, () =>
    findSystemCipher(storageOf(backend, isAvailable), platform),
  );
}

describe('the encryption of the system', () => {
  it.each([
    ['gnome_libsecret', 'linux', true],
    ['kwallet6', 'linux', true],
    ['basic_text', 'linux', false],
    ['unknown', 'linux', false],
    ['unknown', 'darwin', true],
    ['unknown', 'win32', true],
  ] as const)('by %s on %s protects: %s', async (backend, platform, isProtected) => {
    const shell = platformOf(backend, platform);
    await shell.saveSecret(SECRET);
    expect(readFileSync(join(directory, 'sign-in.json'), 'utf8')).not.toContain('eyJhbGciOi');
    expect(await shell.loadSecret()).toEqual({ value: SECRET, isProtected });
    // What the account page warns by.
    const account = await Account.open({
      dataDirectory: directory,
      platform: shell,
      cloudUrl: null,
      developmentCloud: null,
      onChange: () => undefined,
    });
    expect(account.areTokensProtected).toBe(isProtected);
  });

  it('that is not there leaves a file that only its owner can read, and says so', async () => {
    const shell = platformOf('unknown', 'linux', false);
    await shell.saveSecret(SECRET);
    expect(await shell.loadSecret()).toEqual({ value: SECRET, isProtected: false });
  });
});
