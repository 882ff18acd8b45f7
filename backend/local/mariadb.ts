import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

import {
  type ManagedProcess,
  plainEnvironment,
  rotateLog,
  startProcess,
  waitUntil,
} from './managed-process';
import type { MariadbPrograms } from './mariadb-setup';
import { LOOPBACK } from './ports';
import { runCommand } from './run-command';

/** What a MySQL client needs to work as the server's root. */
export interface RootConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export interface Mariadb {
  readonly connection: RootConnection;
  readonly logFile: string;
  /** The one that runs now. */
  readonly process: () => ManagedProcess;
  /** Starts it again after it ended; resolves when it takes connections. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

export interface MariadbOptions {
  readonly programs: MariadbPrograms;
  readonly port: number;
  readonly directory: string;
  readonly logFile: string;
  readonly rootPassword: string;
  /** What its server is started with besides. */
  readonly parameters?: readonly string[];
}

/** Strict, as MySQL 8.4 is by itself. */
const SQL_MODE = [
  'ONLY_FULL_GROUP_BY',
  'STRICT_TRANS_TABLES',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
].join(',');

/** Starts MariaDB on its own data directory, which is made when it is missing. */
export async function startMariadb(options: MariadbOptions): Promise<Mariadb> {
  if (!existsSync(options.directory)) await createDataDirectory(options);
  rotateLog(options.logFile);
  let process = await launch(options);
  return {
    connection: {
      host: LOOPBACK,
      port: options.port,
      user: 'root',
      password: options.rootPassword,
    },
    logFile: options.logFile,
    process: () => process,
    start: async () => {
      process = await launch(options);
    },
    stop: () => process.stop(30_000),
    kill: () => process.kill(),
  };
}

async function createDataDirectory({ programs, directory }: MariadbOptions): Promise<void> {
  // Half a data directory must not be taken for a whole one.
  const partial = `${directory}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  const created = await runCommand(programs.install, [
    '--no-defaults',
    `--datadir=${partial}`,
    `--tmpdir=${temporaryDirectory(directory)}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asOwnUser(),
  ]);
  if (!created.succeeded) throw new Error(`MariaDB could not make its data:\n${created.output}`);
  await rename(partial, directory);
}

async function launch(options: MariadbOptions): Promise<ManagedProcess> {
  const process = await startProcess({
    command: options.programs.server,
    parameters: [
      // Not what the machine's own server is set to.
      '--no-defaults',
      `--datadir=${options.directory}`,
      `--tmpdir=${temporaryDirectory(options.directory)}`,
      // Relative to the data directory: a path to a socket may not be long.
      '--socket=mariadb.sock',
      '--pid-file=mariadb.pid',
      `--bind-address=${LOOPBACK}`,
      `--port=${options.port}`,
      `--init-file=${writeRootAccount(options)}`,
      '--skip-name-resolve',
      // What is committed is on the disk, as in production.
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-buffer-pool-size=256M',
      '--innodb-log-file-size=96M',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      '--transaction-isolation=READ-COMMITTED',
      '--default-time-zone=+00:00',
      `--sql-mode=${SQL_MODE}`,
      '--max-connections=400',
      '--max-allowed-packet=64M',
      '--local-infile=OFF',
      ...(options.parameters ?? []),
      ...asOwnUser(),
    ],
    environment: plainEnvironment(),
    directory: options.directory,
    logFile: options.logFile,
  });
  await waitUntil('MariaDB', () => greets(options.port), process, options.logFile);
  return process;
}

/** Of its own: a server that starts removes what others have left, or still use, in a shared one. */
function temporaryDirectory(directory: string): string {
  const path = `${directory}.tmp`;
  mkdirSync(path, { recursive: true });
  return path;
}

/** The server runs as who starts it; it insists on being told so when that is root. */
function asOwnUser(): readonly string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

/** Root has a password and may come from this machine only; the server sees to it at each start. */
function writeRootAccount({ directory, rootPassword }: MariadbOptions): string {
  const file = join(dirname(directory), 'mysql-root.sql');
  const hosts = ['localhost', LOOPBACK];
  const statements = hosts.flatMap((host) => [
    `CREATE USER IF NOT EXISTS 'root'@'${host}' IDENTIFIED BY '${rootPassword}';`,
    `ALTER USER 'root'@'${host}' IDENTIFIED BY '${rootPassword}';`,
    `GRANT ALL PRIVILEGES ON *.* TO 'root'@'${host}' WITH GRANT OPTION;`,
  ]);
  const others = `DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host NOT IN ('localhost', '${LOOPBACK}'));`;
  writeFileSync(file, [others, 'FLUSH PRIVILEGES;', ...statements, ''].join('\n'), { mode: 0o600 });
  return file;
}

/** Whether the server sends its greeting, which it does only when it takes connections. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: LOOPBACK, port });
    function settle(isReady: boolean): void {
      socket.destroy();
      resolve(isReady);
    }
    socket.setTimeout(2_000, () => settle(false));
    socket.once('data', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
