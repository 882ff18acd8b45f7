import { join } from 'node:path';

import { preparePython } from './python-environment';
import { repositoryRoot } from './repository-root';

/** The Python that has the emulator; all data directories share it. */
export async function prepareEmulator(tell: (text: string) => void): Promise<string> {
  const programs = await preparePython(
    {
      what: 'the AWS emulator',
      directory: join(repositoryRoot, '.local', 'cloud', 'emulator'),
      requirements: join(repositoryRoot, 'backend', 'local', 'emulator', 'requirements.txt'),
    },
    tell,
  );
  return join(programs, 'python');
}
