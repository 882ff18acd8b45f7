import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface CommandOutcome {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs a program to its end; its output, standard and error, is collected. */
export function runCommand(
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => resolve({ succeeded: false, output: error.message }));
    child.once('close', (code) => {
      resolve({ succeeded: code === 0, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** Every program of these names on the PATH and where servers are kept, in the order of search. */
export function findPrograms(names: readonly string[]): readonly string[] {
  const directories = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    // Debian keeps servers where the PATH of a normal user does not look.
    '/usr/sbin',
    '/usr/local/sbin',
    '/opt/homebrew/bin',
    '/usr/local/bin',
    '/usr/bin',
  ];
  const files = directories.flatMap((directory) => names.map((name) => join(directory, name)));
  return [...new Set(files)].filter(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs packages of Debian where that is ours to do: as root, with apt. Answers whether it was.
 */
export async function installPackages(
  packages: readonly string[],
  tell: (text: string) => void,
): Promise<boolean> {
  const aptGet = findPrograms(['apt-get'])[0];
  if (aptGet === undefined || process.getuid?.() !== 0) return false;
  tell(`installing ${packages.join(' and ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand(aptGet, ['update', '-q'], environment);
  const installed = await runCommand(
    aptGet,
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
    environment,
  );
  if (!installed.succeeded) {
    throw new Error(`${packages.join(' and ')} could not be installed:\n${installed.output}`);
  }
  return true;
}
