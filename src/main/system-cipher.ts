import type { SafeStorage } from 'electron';

import type { SecretCipher } from '../core/host/secret-file';

/** The part of Electron's `safeStorage` in use. */
export type SystemStorage = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
>;

/** Linux without a keyring: a key that everybody knows. */
const NO_REAL_BACKENDS: readonly string[] = ['basic_text', 'unknown'];

/** The system's own encryption, null where it offers none; `isReal` says whether it protects. */
export async function findSystemCipher(
  storage: SystemStorage,
  platform: NodeJS.Platform,
): Promise<SecretCipher | null> {
  if (!(await storage.isAsyncEncryptionAvailable())) return null;
  return {
    encrypt: (text) => storage.encryptStringAsync(text),
    decrypt: async (bytes) => (await storage.decryptStringAsync(bytes)).result,
    isReal: platform !== 'linux' || !NO_REAL_BACKENDS.includes(storage.getSelectedStorageBackend()),
  };
}
