import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { rolldown } from 'rolldown';

import { isBackendFresh, backendOut, BACKEND_MARK } from './lib/backend-build.mjs';
import { root } from './lib/processes.mjs';

/**
 * Bundles the backend: each service into one file with everything it uses, its migrations beside
 * it; the stacks; the launcher of the local cloud. Does nothing when nothing changed.
 */

const backend = join(root, 'backend');

/** Packages whose own files are read by path while they run. */
const READ_BY_PATH = [/^harfbuzzjs/u, /^@expo-google-fonts\//u];

/** Used from `node_modules`: large, and nothing that is shipped. */
const OF_THE_LAUNCHER = [
  /^@aws-sdk\//u,
  /^@smithy\//u,
  /^aws-cdk-lib/u,
  /^cdk-nag/u,
  /^constructs/u,
  /^mysql2/u,
  /^zod/u,
];

async function bundle(name, input, external) {
  const build = await rolldown({
    input,
    platform: 'node',
    external,
    transform: { target: 'node20' },
    logLevel: 'warn',
    onLog(level, log, report) {
      // Packages of others; their own authors know.
      if (log.id?.includes('node_modules') || log.code === 'EVAL') return;
      report(level, log);
    },
  });
  const file = join(backendOut, `${name}.mjs`);
  try {
    await build.write({
      // What is started meanwhile finds a whole file.
      file: `${file}.${process.pid}`,
      format: 'esm',
      codeSplitting: false,
      comments: false,
    });
    renameSync(`${file}.${process.pid}`, file);
  } finally {
    await build.close();
  }
}

function listServices() {
  const folder = join(backend, 'services');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts')));
}

async function buildService(name) {
  const folder = join(backend, 'services', name);
  await bundle(name, join(folder, 'main.ts'), READ_BY_PATH);
  const migrations = join(folder, 'db', 'migrations');
  if (!existsSync(migrations)) return;
  cpSync(migrations, join(backendOut, 'migrations', name), { recursive: true });
}

async function buildAll() {
  const started = new Date();
  mkdirSync(backendOut, { recursive: true });
  rmSync(BACKEND_MARK, { force: true });
  rmSync(join(backendOut, 'migrations'), { recursive: true, force: true });
  await Promise.all([
    ...listServices().map(buildService),
    bundle('cloud', join(backend, 'local', 'cli.ts'), OF_THE_LAUNCHER),
    bundle(
      'synthesise-platform',
      join(backend, 'local', 'synthesise-platform.ts'),
      OF_THE_LAUNCHER,
    ),
    bundle('infra', join(backend, 'infra', 'app.ts'), OF_THE_LAUNCHER),
  ]);
  // A source that changed while the build ran is newer than this mark.
  writeFileSync(BACKEND_MARK, `${started.toISOString()}\n`);
}

if (process.argv.includes('--force') || !isBackendFresh()) await buildAll();
