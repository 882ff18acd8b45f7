import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './processes.mjs';

/** What the build is made from. */
const SOURCES = ['src', 'electron.vite.config.ts', 'postcss.config.cjs', 'package-lock.json'];

/** Written last by the build, so that it is only there after a whole one. */
export const BUILD_MARK = join(root, 'out', 'built');

/** Whether `out/` holds a whole build that is newer than everything it is made from. */
export function isBuildFresh() {
  const builtAt = modifiedAt(BUILD_MARK);
  return builtAt > 0 && SOURCES.every((name) => newestIn(join(root, name)) < builtAt);
}

/** When the newest file of a folder was changed, in milliseconds. */
export function newestIn(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  // A directory's own time moves when a file in it goes.
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestIn(join(path, name))),
    entry.mtimeMs,
  );
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
