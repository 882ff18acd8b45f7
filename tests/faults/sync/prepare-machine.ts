import { prepareMariadb } from '../../../backend/local/mariadb-setup';

/** Installs MariaDB before the processes of a run look for it, each of which would install it too. */
export default async function prepareMachine(): Promise<void> {
  await prepareMariadb((text) => {
    process.stdout.write(`doccentr: ${text}\n`);
  });
}
