import { findPrograms, installPackages } from './run-command';

export interface MariadbPrograms {
  readonly server: string;
  readonly install: string;
}

/** MariaDB's programs; installed where that is ours to do. */
export async function prepareMariadb(tell: (text: string) => void): Promise<MariadbPrograms> {
  const found = findMariadb();
  if (found !== null) return found;
  if (await installPackages(['mariadb-server'], tell)) {
    const now = findMariadb();
    if (now !== null) return now;
  }
  throw new Error(
    'The local cloud needs MariaDB. On Debian or Ubuntu: sudo apt-get install mariadb-server. ' +
      'On macOS: brew install mariadb.',
  );
}

function findMariadb(): MariadbPrograms | null {
  const server = findPrograms(['mariadbd'])[0];
  const install = findPrograms(['mariadb-install-db'])[0];
  return server === undefined || install === undefined ? null : { server, install };
}
