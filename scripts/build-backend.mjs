import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { rolldown } from 'rolldown';

import { BACKEND_MARK, backendOut, isBackendFresh, wantedServices } from './lib/backend-build.mjs';
import { root } from './lib/processes.mjs';

/**
 * Bundles the backend: each service into one file with everything it uses, its migrations beside
 * it; the stacks; the launcher of the local cloud. Does nothing when nothing changed.
 */

const backend = join(root, 'backend');

/** One of tests/faults/defects.ts, for the tests that have to catch it. */
const DEFECT = process.env.DOCCENTR_DEFECT;
const { seedDefect } = DEFECT === undefined ? {} : await import('../tests/faults/defects.ts');

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

/**
 * Drizzle asks every part of every statement for its kind by way of all its classes, in case a program
 * has several copies of drizzle. A bundle has one, where `instanceof` says the same: the services have
 * statements made in half the time.
 */
const ONE_DRIZZLE = {
  name: 'one-drizzle',
  transform: {
    filter: { id: /drizzle-orm\/entity\.js$/u },
    handler(code) {
      const quick = code.replace(
        /(function is\(value, type\) \{\n)[^]*?\n\}/u,
        '$1  return value instanceof type;\n}',
      );
      if (quick === code) throw new Error('drizzle asks for kinds in another way now');
      return quick;
    },
  },
};

async function bundle(name, input, external) {
  const build = await rolldown({
    input,
    plugins: [ONE_DRIZZLE, ...(DEFECT === undefined ? [] : [seedDefect(DEFECT)])],
    platform: 'node',
    external,
    transform: { target: 'node20' },
    // The SDK's main files are CommonJS, of which nothing can be left out: 8 MB more in each service.
    resolve: { mainFields: ['module', 'main'] },
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
      // V8 keeps a source of nothing but ASCII in half the memory.
      charset: 'ascii',
      comments: false,
    });
    renameSync(`${file}.${process.pid}`, file);
  } finally {
    await build.close();
  }
}

async function buildService(name) {
  const folder = join(backend, 'services', name);
  await bundle(name, join(folder, 'main.ts'), READ_BY_PATH);
  const migrations = join(folder, 'db', 'migrations');
  const built = join(backendOut, 'migrations', name);
  rmSync(built, { recursive: true, force: true });
  if (existsSync(migrations)) cpSync(migrations, built, { recursive: true });
}

async function buildAll() {
  const begun = Date.now();
  const services = wantedServices();
  mkdirSync(backendOut, { recursive: true });
  rmSync(BACKEND_MARK, { force: true });
  await Promise.all([
    ...services.map(buildService),
    bundle('cloud', join(backend, 'local', 'cli.ts'), OF_THE_LAUNCHER),
    bundle(
      'synthesise-platform',
      join(backend, 'local', 'synthesise-platform.ts'),
      OF_THE_LAUNCHER,
    ),
    bundle('infra', join(backend, 'infra', 'app.ts'), OF_THE_LAUNCHER),
  ]);
  // What has a defect is never taken for built.
  if (DEFECT !== undefined) return;
  // A source that changed while the build ran is newer than this mark.
  writeFileSync(BACKEND_MARK, JSON.stringify({ begun, services }));
}

if (process.argv.includes('--force') || DEFECT !== undefined || !isBackendFresh()) {
  try {
    await buildAll();
  } catch (error) {
    console.error(`doccentr: the backend could not be built: ${error.message}`);
    process.exitCode = 1;
  }
}
