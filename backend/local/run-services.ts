import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SERVICES, type ServiceName } from '../../src/shared/contracts/rest-v1/route';
import { nodeLimits } from '../infra/services';
import { type Definition, usualDataDirectory } from './cloud-options';
import type { CredentialsServer } from './credentials';
import type { DataDirectory } from './data-directory';
import type { Emulator } from './emulator';
import { plainEnvironment } from './managed-process';
import { repositoryRoot } from './repository-root';
import { runCommand } from './run-command';
import { type ServiceProcess, startService } from './service-process';

export interface Program {
  readonly name: string;
  readonly script: string;
}

export interface ServiceSurroundings {
  readonly data: DataDirectory;
  readonly emulator: Emulator;
  readonly credentials: CredentialsServer;
  readonly addresses: Readonly<Record<string, string>>;
  readonly extraEnvironment: Readonly<Record<string, string>>;
  readonly tell: (text: string) => void;
  readonly onProcess: () => void;
}

/** Tests of the launcher run services of their own. */
function isServiceName(name: string): name is ServiceName {
  return SERVICES.some((service) => service === name);
}

/** What a service is started with; everything else it reads from the stack's parameters. */
function environmentOf(service: string, surroundings: ServiceSurroundings) {
  const { emulator, credentials, addresses, extraEnvironment } = surroundings;
  return {
    ...plainEnvironment(),
    ...(isServiceName(service) ? nodeLimits(service) : {}),
    NODE_ENV: 'production',
    // Half the time of loading a bundle, and a tenth of the memory of a service, goes into compiling.
    NODE_COMPILE_CACHE: join(usualDataDirectory, 'compile-cache'),
    DOCCENTR_SERVICE_PORT: new URL(addresses[service] ?? '').port,
    AWS_REGION: emulator.region,
    AWS_ENDPOINT_URL: emulator.endpoint,
    ...credentials.environmentOf(service),
    // Somebody's own profiles would come before the role.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...extraEnvironment,
  };
}

/** The services that are built, with their bundles. */
export function listPrograms(
  definition: Definition,
  tell: (text: string) => void,
): readonly Program[] {
  return definition.services.flatMap((name) => {
    const script = definition.script(name);
    if (script === null) tell(`${name} is not built, so it is not started`);
    return script === null ? [] : [{ name, script }];
  });
}

/** Brings the databases of all services to the shape that their code expects. */
export async function migrateAll(
  programs: readonly Program[],
  surroundings: ServiceSurroundings,
): Promise<void> {
  await Promise.all(
    programs.map(async ({ name, script }) => {
      const environment = environmentOf(name, surroundings);
      const outcome = await runCommand(process.execPath, [script, 'migrate'], environment);
      writeFileSync(surroundings.data.logOf(`${name}-migrate`), outcome.output, { mode: 0o600 });
      if (!outcome.succeeded) {
        const lines = outcome.output.trimEnd().split('\n').slice(-15).join('\n  ');
        throw new Error(`the database of ${name} could not be migrated:\n  ${lines}`);
      }
    }),
  );
}

/** Starts all services; resolves when all are ready. `onStarted` gets each as soon as it runs. */
export async function startAll(
  programs: readonly Program[],
  surroundings: ServiceSurroundings,
  onStarted: (name: string, service: ServiceProcess) => void,
): Promise<void> {
  const started = programs.map(async ({ name, script }) => {
    const service = await startService({
      name,
      node: process.execPath,
      script,
      address: surroundings.addresses[name] ?? '',
      environment: environmentOf(name, surroundings),
      directory: repositoryRoot,
      logFile: surroundings.data.logOf(name),
      tell: surroundings.tell,
      onProcess: surroundings.onProcess,
    });
    onStarted(name, service);
    await service.untilReady();
  });
  // All of them, even when one fails: whoever stops them has to know each.
  const outcomes = await Promise.allSettled(started);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
