import { safeStorage } from 'electron';

import type { Platform } from '../core/host/platform';
import { createSecretFile, type SecretCipher } from '../core/host/secret-file';

/** Linux without a keyring: a key that everybody knows. */
const NO_REAL_BACKENDS: readonly string[] = ['basic_text', 'unknown'];

/** Keeps the tokens by the system's own encryption; only once the app is ready. */
export function createSecrets(dataDirectory: string): Platform {
  return createSecretFile(dataDirectory, findSystemCipher);
}

async function findSystemCipher(): Promise<SecretCipher | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  return {
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (bytes) => (await safeStorage.decryptStringAsync(bytes)).result,
    isReal:
      process.platform !== 'linux' ||
      !NO_REAL_BACKENDS.includes(safeStorage.getSelectedStorageBackend()),
  };
}
