import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

import { z } from 'zod';

import { cloudAddress } from '../account/cloud-address';

const environment = z.object({
  DOCCENTR_DATA_DIR: z.string().min(1).optional(),
  DOCCENTR_PORT: z.coerce.number().pipe(z.int().min(0).max(65_535)).optional(),
  DOCCENTR_OPEN: z.enum(['0', '1']).default('1'),
  DOCCENTR_CLOUD_URL: cloudAddress.optional(),
});

export interface ShellSettings {
  readonly dataDirectory: string;
  /** Null: any port will do. */
  readonly port: number | null;
  readonly opensBrowser: boolean;
  /** Of the cloud's API; null where the environment names none. */
  readonly cloudUrl: string | null;
}

/** What scripts may decide by environment variables (see the README); throws when it is malformed. */
export function readSettings(variables: NodeJS.ProcessEnv): ShellSettings {
  const parsed = environment.parse(variables);
  return {
    dataDirectory: resolve(parsed.DOCCENTR_DATA_DIR ?? defaultDataDirectory(variables)),
    port: parsed.DOCCENTR_PORT ?? null,
    opensBrowser: parsed.DOCCENTR_OPEN === '1',
    cloudUrl: parsed.DOCCENTR_CLOUD_URL ?? null,
  };
}

/** Where programs of this user keep their data, by the custom of each system. */
export function defaultDataDirectory(
  variables: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return join(variables['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'doccentr');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'doccentr');
    default:
      return join(variables['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'doccentr');
  }
}

/**
 * Makes the directory, and every file that this process makes from now on, for its owner alone: it
 * holds the books. A directory that exists keeps its mode, as somebody chose it.
 */
export function prepareDataDirectory(directory: string): void {
  process.umask(0o077);
  mkdirSync(directory, { recursive: true });
}
