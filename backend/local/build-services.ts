import { join } from 'node:path';

import { repositoryRoot } from './repository-root';
import { runCommand } from './run-command';

/** Builds what a cloud of the tests runs, unless that is fresh; also Vitest's global setup. */
export default async function buildServices(): Promise<void> {
  const script = join(repositoryRoot, 'scripts', 'build-backend.mjs');
  const built = await runCommand(process.execPath, [script]);
  if (!built.succeeded) throw new Error(built.output);
}
