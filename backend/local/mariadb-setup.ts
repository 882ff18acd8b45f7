import type { Machine } from './installed-programs';
import { findPrograms, installPackages, thisMachine } from './installed-programs';

export interface MariadbPrograms {
  readonly server: string;
  readonly install: string;
}

/** MariaDB's programs; installed where that is ours to do. */
export async function prepareMariadb(
  tell: (text: string) => void,
  machine: Machine = thisMachine(),
): Promise<MariadbPrograms> {
  const found = findMariadb(machine);
  if (found !== null) return found;
  if (await installPackages(machine, ['mariadb-server'], tell)) {
    const now = findMariadb(machine);
    if (now !== null) return now;
  }
  throw new Error(
    'The local cloud needs MariaDB. On Debian or Ubuntu: sudo apt-get install mariadb-server. ' +
      'On macOS: brew install mariadb.',
  );
}

function findMariadb(machine: Machine): MariadbPrograms | null {
  const server = findPrograms(machine, ['mariadbd'])[0];
  const install = findPrograms(machine, ['mariadb-install-db'])[0];
  return server === undefined || install === undefined ? null : { server, install };
}
