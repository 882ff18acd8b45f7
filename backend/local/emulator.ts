import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import {
  type ManagedProcess,
  plainEnvironment,
  rotateLog,
  startProcess,
  waitUntil,
} from './managed-process';
import { LOOPBACK } from './ports';
import { repositoryRoot } from './repository-root';

export const REGION = 'eu-central-1';

/** The emulator's only account. */
export const ACCOUNT = '000000000000';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Emulator {
  readonly endpoint: string;
  readonly region: string;
  /** Those of the account's root: for deploying, and for tests that look behind the services. */
  readonly adminCredentials: AwsCredentials;
  readonly process: ManagedProcess;
  readonly logFile: string;
  /** Writes its state down, as an orderly stop does. */
  readonly save: () => void;
  readonly stop: () => Promise<void>;
}

export interface EmulatorOptions {
  readonly python: string;
  readonly port: number;
  readonly directory: string;
  readonly logFile: string;
  readonly adminCredentials: AwsCredentials;
}

/** Starts the emulator on its own data; resolves when it answers. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const state = join(options.directory, 'state');
  const objects = join(options.directory, 'objects');
  const temporary = join(options.directory, 'tmp');
  for (const directory of [state, objects, temporary]) await mkdir(directory, { recursive: true });
  moveAddresses(options.directory, state, options.port);
  rotateLog(options.logFile);

  const process = await startProcess({
    command: options.python,
    parameters: [join(repositoryRoot, 'backend', 'local', 'emulator', 'launch.py')],
    environment: {
      ...plainEnvironment(),
      // Roles and their policies are evaluated, as on AWS.
      AUTH: 'true',
      AWS_ACCESS_KEY_ID: options.adminCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: options.adminCredentials.secretAccessKey,
      BIND_HOST: LOOPBACK,
      GATEWAY_PORT: String(options.port),
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_HOST: LOOPBACK,
      MINISTACK_REGION: REGION,
      PERSIST_STATE: '1',
      STATE_DIR: state,
      S3_PERSIST: '1',
      S3_DATA_DIR: objects,
      TMPDIR: temporary,
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      LOG_LEVEL: 'WARNING',
      // Listeners and tools that nothing here uses.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    },
    directory: options.directory,
    logFile: options.logFile,
  });
  const endpoint = `http://${LOOPBACK}:${options.port}`;
  await waitUntil('the AWS emulator', () => answers(endpoint), process, options.logFile);
  return {
    endpoint,
    region: REGION,
    adminCredentials: options.adminCredentials,
    process,
    logFile: options.logFile,
    save: () => process.signal('SIGUSR1'),
    stop: () => process.stop(),
  };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/_ministack/ready`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Addresses of queues, and parameters that carry them, are part of the kept state. Where the port is
 * another one this time, they move along.
 */
function moveAddresses(directory: string, state: string, port: number): void {
  const portFile = join(directory, 'port');
  const last = readText(portFile);
  const now = `${LOOPBACK}:${port}`;
  if (last !== null && last !== now) {
    for (const name of readdirSync(state)) {
      if (!name.endsWith('.json')) continue;
      const file = join(state, name);
      const content = readFileSync(file, 'utf8');
      if (content.includes(`${last}/`)) {
        writeFileSync(file, content.replaceAll(`${last}/`, `${now}/`));
      }
    }
  }
  writeFileSync(portFile, now);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
