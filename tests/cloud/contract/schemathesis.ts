import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inject } from 'vitest';

import { preparePython } from '../../../backend/local/python-environment';
import { repositoryRoot } from '../../../backend/local/repository-root';
import { ALL_ROUTES } from '../../../src/shared/contracts/rest-v1/routes';
import { startServiceRouter } from './service-router';

const folder = join(repositoryRoot, 'tests', 'cloud', 'contract');

export interface Trial {
  readonly token: string;
  /** The business that all calls are about. */
  readonly business: string;
  /** The document as the API gives it. */
  readonly document: unknown;
  /** Of the command line, `--seed` and the like. */
  readonly parameters: readonly string[];
}

export interface Verdict {
  /** 0 when every check held. */
  readonly exitCode: number | null;
  /** What Schemathesis printed: each failure with its call. */
  readonly output: string;
  /** Cases that were made and sent. */
  readonly cases: number;
  /** How often each status was answered, of all calls that were sent. */
  readonly statuses: ReadonlyMap<number, number>;
}

/** Tries the API by its own document, straight at the services of the tests' cloud. */
export async function trySchemathesis(trial: Trial): Promise<Verdict> {
  const programs = await preparePython(
    {
      what: 'Schemathesis',
      directory: join(repositoryRoot, '.local', 'schemathesis'),
      requirements: join(folder, 'requirements.txt'),
    },
    (text) => process.stderr.write(`doccentr: ${text}\n`),
  );
  const work = mkdtempSync(join(tmpdir(), 'doccentr-contract-'));
  const router = await startServiceRouter(inject('cloud').services, ALL_ROUTES);
  try {
    const document = join(work, 'openapi.json');
    writeFileSync(document, JSON.stringify(trial.document));
    const { exitCode, output } = await runIn(work, join(programs, 'python'), trial, [
      // Its own script names the folder that the environment was made in.
      ...['-c', 'from schemathesis.cli import schemathesis; schemathesis()'],
      ...['--config-file', join(folder, 'schemathesis.toml')],
      ...['run', document, '--url', router.address, '--no-color'],
      ...trial.parameters,
    ]);
    keep(output);
    const cases = Number(/^\s*(\d+) generated/mu.exec(output)?.[1] ?? 0);
    return { exitCode, output, cases, statuses: router.statuses };
  } finally {
    await router.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

/** For whoever looks into a failure: each one with its call. */
function keep(output: string): void {
  const artifacts = join(repositoryRoot, 'artifacts');
  mkdirSync(artifacts, { recursive: true });
  writeFileSync(join(artifacts, 'schemathesis.txt'), output);
}

function runIn(
  directory: string,
  program: string,
  { token, business }: Trial,
  parameters: readonly string[],
): Promise<Pick<Verdict, 'exitCode' | 'output'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: directory,
      env: { ...process.env, DOCCENTR_TOKEN: token, DOCCENTR_BUSINESS: business },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (exitCode) =>
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}
