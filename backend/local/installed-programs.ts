import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { runCommand } from './run-command';

/** Where programs are looked for, and whether more of them may be installed. */
export interface Machine {
  /** In the order of search. */
  readonly directories: readonly string[];
  readonly isRoot: boolean;
}

/** The PATH, and where servers are kept besides. */
export function thisMachine(): Machine {
  return {
    directories: [
      ...(process.env['PATH'] ?? '').split(delimiter),
      // Debian keeps servers where the PATH of a normal user does not look.
      '/usr/sbin',
      '/usr/local/sbin',
      '/opt/homebrew/bin',
      '/usr/local/bin',
      '/usr/bin',
    ],
    isRoot: process.getuid?.() === 0,
  };
}

/** Every program of these names, in the order of search. */
export function findPrograms(machine: Machine, names: readonly string[]): readonly string[] {
  const files = machine.directories.flatMap((directory) =>
    names.map((name) => join(directory, name)),
  );
  return [...new Set(files)].filter(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Somebody else may be installing too, the system itself for one: seconds to wait for that. */
const WAIT_FOR_OTHERS = ['-o', 'DPkg::Lock::Timeout=120'];

/**
 * Installs packages of Debian where that is ours to do: as root, with apt. Answers whether it was.
 */
export async function installPackages(
  machine: Machine,
  packages: readonly string[],
  tell: (text: string) => void,
): Promise<boolean> {
  const aptGet = findPrograms(machine, ['apt-get'])[0];
  if (aptGet === undefined || !machine.isRoot) return false;
  tell(`installing ${packages.join(' and ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand(aptGet, ['update', '-q'], environment);
  const installed = await runCommand(
    aptGet,
    ['install', '-y', '-q', '--no-install-recommends', ...WAIT_FOR_OTHERS, ...packages],
    environment,
  );
  if (!installed.succeeded) {
    throw new Error(`${packages.join(' and ')} could not be installed:\n${installed.output}`);
  }
  return true;
}
