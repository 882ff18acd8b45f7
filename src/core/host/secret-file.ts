import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { readIfThere, writeDurably } from '../businesses/durable-file';
import type { Platform } from './platform';

/** Encryption by the system, where it has any. */
export interface SecretCipher {
  readonly encrypt: (text: string) => Promise<Buffer>;
  /** Rejects for what another user, machine or shell encrypted. */
  readonly decrypt: (bytes: Buffer) => Promise<string>;
  /** False where its key is not really kept secret (Linux without a keyring). */
  readonly isReal: boolean;
}

const contents = z.object({ encrypted: z.boolean(), data: z.string() });

/**
 * Keeps the secret in `sign-in.json` of the data directory, readable by its owner alone and
 * encrypted where the system can. It lies outside the businesses, so that no backup holds it.
 */
export function createSecretFile(
  dataDirectory: string,
  findCipher: () => Promise<SecretCipher | null>,
): Platform {
  const path = join(dataDirectory, 'sign-in.json');

  async function read(cipher: SecretCipher | null): Promise<string | null> {
    const text = readIfThere(path);
    if (text === null) return null;
    try {
      const { encrypted, data } = contents.parse(JSON.parse(text));
      if (!encrypted) return data;
      return cipher === null ? null : await cipher.decrypt(Buffer.from(data, 'base64'));
    } catch {
      // Not readable here (any more): as good as none. The user signs in again.
      return null;
    }
  }

  return {
    loadSecret: async () => {
      const cipher = await findCipher();
      return { value: await read(cipher), isProtected: cipher?.isReal ?? false };
    },
    saveSecret: async (value) => {
      if (value === null) {
        rmSync(path, { force: true });
        return;
      }
      const cipher = await findCipher();
      const kept =
        cipher === null
          ? { encrypted: false, data: value }
          : { encrypted: true, data: (await cipher.encrypt(value)).toString('base64') };
      writeDurably(path, JSON.stringify(kept));
    },
  };
}

/** For shells without any encryption of the system. */
export function noCipher(): Promise<null> {
  return Promise.resolve(null);
}
