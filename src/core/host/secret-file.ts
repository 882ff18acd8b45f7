import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { readIfThere, writeDurably } from '../businesses/durable-file';
import type { Platform } from './platform';

/** Encryption by the system, where it has any. */
export interface SecretCipher {
  readonly encrypt: (text: string) => Buffer;
  /** Throws for what another user, machine or shell encrypted. */
  readonly decrypt: (bytes: Buffer) => string;
  /** False where its key is not really kept secret (Linux without a keyring). */
  readonly isReal: boolean;
}

const contents = z.object({ encrypted: z.boolean(), data: z.string() });

/**
 * Keeps the secret in `sign-in.json` of the data directory, readable by its owner alone and
 * encrypted where the system can. It lies outside the businesses, so that no backup holds it.
 */
export function createSecretFile(dataDirectory: string, cipher: SecretCipher | null): Platform {
  const path = join(dataDirectory, 'sign-in.json');

  function read(): string | null {
    const text = readIfThere(path);
    if (text === null) return null;
    try {
      const { encrypted, data } = contents.parse(JSON.parse(text));
      if (!encrypted) return data;
      return cipher === null ? null : cipher.decrypt(Buffer.from(data, 'base64'));
    } catch {
      // Not readable here (any more): as good as none. The user signs in again.
      return null;
    }
  }

  return {
    loadSecret: () => Promise.resolve({ value: read(), isProtected: cipher?.isReal ?? false }),
    saveSecret: async (value) => {
      if (value === null) {
        rmSync(path, { force: true });
        return;
      }
      writeDurably(
        path,
        JSON.stringify(
          cipher === null
            ? { encrypted: false, data: value }
            : { encrypted: true, data: cipher.encrypt(value).toString('base64') },
        ),
      );
      return Promise.resolve();
    },
  };
}
