import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

import { localNode, run } from '../scripts/lib/processes.mjs';

/**
 * `npm run bench`: bundles every `*.bench.ts` as the app itself is bundled, builds the app, runs
 * one benchmark after the other in a process of its own, prints the results and writes them to
 * `results.json`. `npm run bench -- pdf` runs those whose name begins so, and writes nothing; so does
 * `npm run bench -- cloud clients` with a part of one that has parts.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const here = join(root, 'bench');
const work = join(root, 'node_modules', '.cache', 'doccentr-bench');
const app = join('node_modules', '.cache', 'doccentr-bench', 'app');
const [wanted = '', part = ''] = process.argv.slice(2);

const names = readdirSync(here)
  .filter((file) => file.endsWith('.bench.ts') && file.startsWith(wanted))
  .map((file) => file.slice(0, -'.ts'.length));

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node24',
    outDir: work,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(names.map((name) => [name, join(here, `${name}.ts`)])),
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
});
const buildCode = await run(localNode(), [join(root, 'scripts', 'build.mjs')], {
  env: { ...process.env, DOCCENTR_OUT_DIR: app },
});
if (buildCode !== 0) process.exit(1);
const backendCode = await run(localNode(), [join(root, 'scripts', 'build-backend.mjs')]);
if (backendCode !== 0) process.exit(1);

const results = [];
for (const name of names) {
  const child = fork(join(here, 'run-one.mjs'), [join(work, `${name}.js`), join(root, app), part]);
  child.on('message', (result) => {
    results.push(result);
    print(result);
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exit(1);
}
rmSync(work, { recursive: true, force: true });

if (wanted === '') {
  writeFileSync(join(here, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
}
const missed = results.filter(({ ok }) => !ok);
console.log(`\n${results.length - missed.length} of ${results.length} goals reached`);
process.exitCode = missed.length === 0 ? 0 : 1;

function print({ name, value, reference, ratio, goal, ok }) {
  const columns = [value, reference, ratio, goal].map((number) => round(number).padStart(12));
  console.log(`${ok ? 'ok    ' : 'missed'} ${name.padEnd(72)}${columns.join('')}`);
}

function round(number) {
  return String(Number(number.toPrecision(4)));
}
