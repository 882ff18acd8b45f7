import { safeStorage } from 'electron';

import type { Platform } from '../core/host/platform';
import { createSecretFile } from '../core/host/secret-file';
import { findSystemCipher } from './system-cipher';

/** Keeps the tokens by the system's own encryption; only once the app is ready. */
export function createSecrets(dataDirectory: string): Platform {
  return createSecretFile(dataDirectory, () => findSystemCipher(safeStorage, process.platform));
}
