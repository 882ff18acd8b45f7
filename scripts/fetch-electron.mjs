import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { localNode, root, run } from './lib/processes.mjs';

/** A server that says nothing for so long is given up. */
const PATIENCE_MS = 20_000;

const electron = join(root, 'node_modules', 'electron');
const requireAsElectron = createRequire(join(electron, 'package.json'));

/** Downloads Electron's binary into its cache, with progress, by its own downloader. */
async function download() {
  const { downloadArtifact } = await import(
    pathToFileURL(requireAsElectron.resolve('@electron/get')).href
  );
  const { version } = requireAsElectron('./package.json');
  const silence = new AbortController();
  const giveUp = () => silence.abort(new Error(`no answer for ${PATIENCE_MS / 1000} s`));
  let timer = setTimeout(giveUp, PATIENCE_MS);
  let shown = -1;
  try {
    await Promise.race([
      downloadArtifact({
        version,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        checksums: JSON.parse(readFileSync(join(electron, 'checksums.json'), 'utf8')),
        downloadOptions: {
          quiet: true,
          signal: silence.signal,
          getProgressCallback: ({ percent }) => {
            clearTimeout(timer);
            timer = setTimeout(giveUp, PATIENCE_MS);
            const step = Math.floor(percent * 20) * 5;
            if (step > shown) process.stderr.write(`doccentr: fetching Electron, ${step} %\n`);
            shown = Math.max(shown, step);
          },
        },
      }),
      new Promise((_, reject) => {
        silence.signal.addEventListener('abort', () => reject(silence.signal.reason));
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

try {
  await download();
  // Electron's own installer checks the download and unpacks it from the cache.
  process.exit(await run(localNode(), [join(electron, 'install.js')], { stdio: ['ignore', 2, 2] }));
} catch (error) {
  process.stderr.write(`doccentr: Electron was not fetched (${error.message})\n`);
  process.exit(1);
}
