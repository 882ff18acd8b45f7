import { cpSync, globSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { repositoryRoot } from '../../../backend/local/repository-root';

const dockerfile = join(repositoryRoot, 'backend', 'Dockerfile');

/** The instructions of the services' image, without comments. */
export function imageInstructions(): readonly string[] {
  return linesOf(dockerfile);
}

/**
 * Makes the files of the services' image, as its Dockerfile copies them, in a folder of its own:
 * outside of the repository, so that nothing of it can be found by chance.
 */
export function makeImageFolder(): string {
  const image = mkdtempSync(join(tmpdir(), 'doccentr-image-'));
  for (const instruction of imageInstructions()) {
    const [, from, to] = /^COPY (\S+) (\S+)$/u.exec(instruction) ?? [];
    if (from !== undefined && to !== undefined) copy(from, join(image, to));
  }
  return image;
}

function copy(from: string, to: string): void {
  const ignored = linesOf(`${dockerfile}.dockerignore`);
  const kept = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const taken = globSync(kept, { cwd: repositoryRoot });
  for (const path of taken.filter((one) => `${one}/`.startsWith(`${from}/`))) {
    cpSync(join(repositoryRoot, path), join(to, relative(from, path)), {
      recursive: true,
      filter: (source) => !ignored.includes(relative(repositoryRoot, source)),
    });
  }
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}
