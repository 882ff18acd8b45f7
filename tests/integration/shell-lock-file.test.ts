import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';
import { z } from 'zod';

const lockFile = readFileSync(
  fileURLToPath(new URL('../../package-lock.json', import.meta.url)),
  'utf8',
);
const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.looseObject({
        optionalDependencies: z.record(z.string(), z.string()).default({}),
        gypfile: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(lockFile));

it('names no registry', () => {
  expect(lockFile).not.toContain('"resolved": "http');
});

it('holds the binaries of every platform, without which npm ci refuses it', () => {
  const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${path} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

// better-sqlite3 brings its binaries, and its package says so by `gypfile: false`; npm up to 10 does
// not see that when it installs from a lock file and asks for Python and a compiler. `npm install`
// drops the line from the lock file: put it back.
it('keeps npm from compiling better-sqlite3', () => {
  expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});
