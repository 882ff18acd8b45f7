import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

import { startCloud } from './cloud';
import { type CloudFile, cloudFileOf } from './cloud-file';
import type { AwsCredentials } from './emulator';
import buildServices from './build-services';
import type { RootConnection } from './mariadb';
import { repositoryRoot } from './repository-root';

/** What test files get by `inject('cloud')`. */
export interface TestCloud extends CloudFile {
  readonly awsEndpoint: string;
  /** Where the servers of this run keep everything. */
  readonly dataDirectory: string;
  readonly adminCredentials: AwsCredentials;
  readonly database: RootConnection;
  /** The process of each service when the tests began. */
  readonly pids: Readonly<Record<string, number>>;
}

declare module 'vitest' {
  interface ProvidedContext {
    cloud: TestCloud;
  }
}

const local = join(repositoryRoot, '.local');
const PREFIX = 'test-';
const FORGOTTEN_MS = 3_600_000;

/** Vitest's global setup: one cloud, on data of its own, for all files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeForgotten();
  await buildServices();
  const dataDirectory = createTestDirectory();
  const cloud = await startCloud({
    dataDirectory,
    tell: (text) => process.stderr.write(`doccentr cloud: ${text}\n`),
  });
  project.provide('cloud', {
    ...cloud.file,
    awsEndpoint: cloud.emulator.endpoint,
    dataDirectory,
    adminCredentials: cloud.emulator.adminCredentials,
    database: cloud.database.connection,
    pids: Object.fromEntries(
      Object.entries(cloud.services).map(([name, service]) => [name, service.pid]),
    ),
  });
  return async () => {
    await cloud.stop();
    removeTestDirectory(dataDirectory);
  };
}

/** A new data directory below `.local/`, for a test that starts a cloud of its own. */
export function createTestDirectory(): string {
  mkdirSync(local, { recursive: true });
  return mkdtempSync(join(local, PREFIX));
}

export function removeTestDirectory(dataDirectory: string): void {
  rmSync(dataDirectory, { recursive: true, force: true });
  rmSync(cloudFileOf(dataDirectory), { force: true });
}

/** A run that was killed could not tidy up; each directory is a hundred megabytes. */
function removeForgotten(): void {
  for (const name of existsSync(local) ? readdirSync(local) : []) {
    const path = join(local, name);
    const isOld = Date.now() - statSync(path).mtimeMs > FORGOTTEN_MS;
    if (name.startsWith(PREFIX) && isOld) rmSync(path, { recursive: true, force: true });
  }
}
