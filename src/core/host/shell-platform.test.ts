import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { shellRequest } from '../../shared/contracts/core-protocol';
import type { Platform } from './platform';
import { createSecretFile, noCipher, type SecretCipher } from './secret-file';
import { answerCore, createShellPlatform, type ShellPlatform } from './shell-platform';

const SECRET = '{"token":"eyJhbGciOi"}';

/** Stands in for the system's encryption, which needs Electron. */
const cipher: SecretCipher = {
  encrypt: (text) => Promise.resolve(swap(Buffer.from(text))),
  decrypt: (bytes) => Promise.resolve(swap(bytes).toString()),
  isReal: true,
};

function swap(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ 0x5a));
}

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'doccentr-secret-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const file = (): string => join(directory, 'sign-in.json');

/** A core's platform over a line to a shell that has the given one. */
function connect(shell: Platform): ShellPlatform {
  const core = createShellPlatform((message) => {
    void answerCore(shell, shellRequest.parse(structuredClone(message))).then((answer) =>
      core.hear(answer),
    );
  });
  return core;
}

describe('the secret of the core', () => {
  it('comes back over the line to the shell, from a file for its owner alone', async () => {
    const platform = connect(createSecretFile(directory, noCipher));
    expect(await platform.loadSecret()).toEqual({ value: null, isProtected: false });
    await platform.saveSecret(SECRET);
    expect(await platform.loadSecret()).toEqual({ value: SECRET, isProtected: false });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await platform.saveSecret(null);
    expect(await platform.loadSecret()).toEqual({ value: null, isProtected: false });
  });

  it('is encrypted where the system can, and is nothing to a shell without that', async () => {
    const platform = connect(createSecretFile(directory, () => Promise.resolve(cipher)));
    await platform.saveSecret(SECRET);
    expect(readFileSync(file(), 'utf8')).not.toContain('eyJhbGciOi');
    expect(await platform.loadSecret()).toEqual({ value: SECRET, isProtected: true });
    expect((await createSecretFile(directory, noCipher).loadSecret()).value).toBeNull();
  });

  it('is nothing when its file makes no sense', async () => {
    writeFileSync(file(), 'half a fi');
    expect((await createSecretFile(directory, noCipher).loadSecret()).value).toBeNull();
  });

  it('fails aloud when the shell cannot keep it', async () => {
    const platform = connect({
      loadSecret: () => Promise.reject(new Error('locked keyring')),
      saveSecret: () => Promise.reject(new Error('disk full')),
    });
    await expect(platform.loadSecret()).rejects.toThrow('secret.load');
    await expect(platform.saveSecret(SECRET)).rejects.toThrow('secret.save');
  });

  it('leaves messages alone that are no answers', () => {
    const platform = connect(createSecretFile(directory, noCipher));
    expect(platform.hear({ id: 1, method: 'app.state', input: {} })).toBe(false);
  });
});
