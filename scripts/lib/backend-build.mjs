import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { newestIn } from './build-state.mjs';
import { root } from './processes.mjs';

export const backendOut = join(root, 'out', 'backend');

/** Written last by the build; holds when that began. */
export const BACKEND_MARK = join(backendOut, 'built');

const SOURCES = [
  'backend',
  'src/shared',
  'src/core/pdf',
  'scripts/build-backend.mjs',
  'package-lock.json',
];

/** Whether `out/backend` holds a whole build that is newer than everything it is made from. */
export function isBackendFresh() {
  const begun = readMark();
  return begun > 0 && SOURCES.every((name) => newestIn(join(root, name)) < begun);
}

function readMark() {
  try {
    return Date.parse(readFileSync(BACKEND_MARK, 'utf8').trim());
  } catch {
    return 0;
  }
}
