import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { builtApp } from './built-app';

/** As the build writes who made a PDF, and as the other version does. */
const MAKER = 'creator: "doccentr"';
const OTHER_MAKER = 'creator: "another doccentr"';

const PARTS = ['web', 'core', 'chunks', 'renderer'];

/**
 * Builds the app as a version that prints other bytes, so that the cloud cannot make its PDFs;
 * answers the directory, which is the caller's to remove.
 */
export async function makeOtherVersion(): Promise<string> {
  // Beside the build: it finds its packages from there.
  const directory = await mkdtemp(`${builtApp}-other-`);
  for (const part of PARTS) {
    await cp(join(builtApp, part), join(directory, part), { recursive: true });
  }
  const chunks = join(directory, 'chunks');
  let changed = 0;
  for (const name of await readdir(chunks)) {
    const file = join(chunks, name);
    const text = await readFile(file, 'utf8');
    if (!text.includes(MAKER)) continue;
    await writeFile(file, text.replace(MAKER, OTHER_MAKER));
    changed += 1;
  }
  if (changed !== 1) throw new Error(`PDFs are made in ${String(changed)} files of the build`);
  return directory;
}
