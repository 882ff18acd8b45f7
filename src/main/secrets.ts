import { safeStorage } from 'electron';

import type { Platform } from '../core/host/platform';
import { createSecretFile, type SecretCipher } from '../core/host/secret-file';

/** Linux without a keyring: a key that everybody knows. */
const NO_REAL_BACKENDS: readonly string[] = ['basic_text', 'unknown'];

/** Keeps the tokens by the system's own encryption; only once the app is ready. */
export function createSecrets(dataDirectory: string): Platform {
  return createSecretFile(
    dataDirectory,
    safeStorage.isEncryptionAvailable() ? systemCipher() : null,
  );
}

function systemCipher(): SecretCipher {
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(bytes),
    isReal:
      process.platform !== 'linux' ||
      !NO_REAL_BACKENDS.includes(safeStorage.getSelectedStorageBackend()),
  };
}
