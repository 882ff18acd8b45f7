import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository: the folder of the package `doccentr`, above this file or the bundle it is in. */
export const repositoryRoot = findRoot(import.meta.dirname);

function findRoot(directory: string): string {
  if (nameOfPackage(directory) === 'doccentr') return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error('the local cloud runs inside its repository only');
  return findRoot(parent);
}

function nameOfPackage(directory: string): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    return typeof content === 'object' && content !== null && 'name' in content
      ? content.name
      : null;
  } catch {
    return null;
  }
}
