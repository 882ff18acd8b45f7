import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SERVICES, type ServiceName } from '../../src/shared/contracts/rest-v1/route';
import type { StackInputsGiven } from '../infra/inputs';
import type { Definition, LocalAddresses } from './cloud-options';
import { LOOPBACK } from './ports';
import { repositoryRoot } from './repository-root';

const build = join(repositoryRoot, 'out', 'backend');

/** Templates by what they were made from: the CDK takes seconds, and inputs seldom change. */
const cache = join(repositoryRoot, '.local', 'cloud', 'templates');

/**
 * The six services and their platform stack, as they were built; `changed` inputs take the place of
 * what the stack gets on this machine otherwise. `DOCCENTR_SERVICES` (`clients,pdf`) leaves the
 * other services out, for work on a few of them.
 */
export function platformDefinition(changed: Partial<StackInputsGiven> = {}): Definition {
  const wish = process.env['DOCCENTR_SERVICES'];
  const isWanted = (service: string) => !wish || wish.split(',').includes(service);
  return {
    services: SERVICES,
    script: (service) => (isWanted(service) ? bundleOf(service) : null),
    migrations: (service) => join(build, 'migrations', service),
    synthesise: (addresses) => synthesise({ ...localInputs(addresses), ...changed }),
  };
}

function bundleOf(name: string): string | null {
  const file = join(build, `${name}.mjs`);
  return existsSync(file) ? file : null;
}

/** What differs on this machine from an installation on AWS. */
function localInputs(addresses: LocalAddresses): StackInputsGiven {
  return {
    environment: 'local',
    target: 'emulator',
    integration: {
      kind: 'addresses',
      // One for each service; the stack's inputs are checked when it is made.
      addresses: addresses.services as Readonly<Record<ServiceName, string>>,
    },
    bucketName: 'doccentr-documents-local',
    database: { host: LOOPBACK, port: addresses.databasePort, tls: 'off' },
    tokenKeysEndpoint: addresses.awsEndpoint,
    mail: { from: 'invoices@doccentr.example' },
    // A worker that was killed has its message given to the next one soon.
    queues: { visibilitySeconds: 5, maxReceiveCount: 8 },
    workflow: { retryIntervalSeconds: 1 },
    // One machine plays all callers.
    throttling: { rate: 5_000, burst: 10_000, openRate: 1_000, openBurst: 2_000 },
    otlpEndpoint: addresses.otlpEndpoint,
  };
}

async function synthesise(given: StackInputsGiven): Promise<string> {
  const program = bundleOf('synthesise-platform');
  if (program === null) throw new Error('the stack is not built; run "npm run build:backend"');
  const inputs = JSON.stringify(given);
  const digest = createHash('sha256').update(readFileSync(program)).update(inputs).digest('hex');
  const file = join(cache, `${digest}.json`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const template = await runWithInput(program, inputs);
  mkdirSync(cache, { recursive: true });
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, template);
  renameSync(partial, file);
  return template;
}

function runWithInput(program: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program], {
      cwd: repositoryRoot,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString('utf8'));
      else
        reject(new Error(`the stack could not be synthesised:\n${String(Buffer.concat(errors))}`));
    });
    child.stdin.end(input);
  });
}
