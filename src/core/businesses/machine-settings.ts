import { join } from 'node:path';

import { z } from 'zod';

import { screenLanguage } from '../../shared/domain/screen-language';
import { readIfThere, writeDurably } from './durable-file';

const contents = z.object({
  /** Null: as the system. */
  language: screenLanguage.nullable(),
});
export type MachineSettings = z.infer<typeof contents>;

const USUAL: MachineSettings = { language: null };

/** How the screens of this machine are set up, for whichever business is open: `settings.json`. */
export function readMachineSettings(dataDirectory: string): MachineSettings {
  const text = readIfThere(pathIn(dataDirectory));
  if (text === null) return USUAL;
  try {
    return contents.parse(JSON.parse(text));
  } catch {
    // Nothing that cannot be chosen again; the books do not wait for it.
    return USUAL;
  }
}

export function writeMachineSettings(dataDirectory: string, settings: MachineSettings): void {
  writeDurably(pathIn(dataDirectory), `${JSON.stringify(settings, null, 2)}\n`);
}

function pathIn(dataDirectory: string): string {
  return join(dataDirectory, 'settings.json');
}
