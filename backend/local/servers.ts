import type { DataDirectory } from './data-directory';
import { readKeys } from './data-directory';
import { type Emulator, startEmulator } from './emulator';
import { prepareEmulator } from './emulator-setup';
import { type Mariadb, startMariadb } from './mariadb';
import { prepareMariadb } from './mariadb-setup';

export interface Servers {
  readonly emulator: Emulator;
  readonly mariadb: Mariadb;
}

/** Starts the emulator and MariaDB side by side; when one fails, the other is stopped again. */
export async function startServers(
  data: DataDirectory,
  ports: { readonly api: number; readonly database: number },
  tell: (text: string) => void,
): Promise<Servers> {
  const python = await prepareEmulator(tell);
  const programs = await prepareMariadb(tell);
  const keys = readKeys(data);
  const [emulator, mariadb] = await Promise.allSettled([
    startEmulator({
      python,
      port: ports.api,
      directory: data.aws,
      logFile: data.logOf('emulator'),
      adminCredentials: {
        accessKeyId: 'AKIADOCCENTRLOCAL000',
        secretAccessKey: keys.awsSecretAccessKey,
      },
    }),
    startMariadb({
      programs,
      port: ports.database,
      directory: data.mysql,
      logFile: data.logOf('mariadb'),
      rootPassword: keys.databaseRootPassword,
    }),
  ]);
  if (emulator.status === 'fulfilled' && mariadb.status === 'fulfilled') {
    return { emulator: emulator.value, mariadb: mariadb.value };
  }
  if (emulator.status === 'fulfilled') await emulator.value.stop();
  if (mariadb.status === 'fulfilled') await mariadb.value.stop();
  throw emulator.status === 'rejected'
    ? emulator.reason
    : (mariadb as PromiseRejectedResult).reason;
}
