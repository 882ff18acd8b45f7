import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Machine } from './installed-programs';
import { findPrograms, installPackages, thisMachine } from './installed-programs';
import { runCommand } from './run-command';

/** Whether a Python is new enough and whole: without `ensurepip` its environments have no pip. */
const PYTHON_CHECK =
  'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)';

export interface PythonEnvironment {
  /** What it brings, in a message for people: "the AWS emulator". */
  readonly what: string;
  /** Its own; git ignores it. */
  readonly directory: string;
  /** A file for pip with pinned versions. */
  readonly requirements: string;
}

/**
 * The `bin` folder of an environment that has what the file asks for. The first time on a machine,
 * and when the file changes, it is made and filled from PyPI.
 */
export async function preparePython(
  { what, directory, requirements }: PythonEnvironment,
  tell: (text: string) => void,
  machine: Machine = thisMachine(),
): Promise<string> {
  const programs = join(directory, 'bin');
  const mark = join(directory, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const isThere = existsSync(join(programs, 'python')) && existsSync(mark);
  if (isThere && readFileSync(mark, 'utf8') === wanted) return programs;
  tell(`getting ${what} (once, about a minute)`);
  const system = await findPython(machine, tell);
  // Beside it first: whoever looks meanwhile finds a whole environment or none.
  const partial = `${directory}.${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(partial), { recursive: true });
  const created = await runCommand(system, ['-m', 'venv', partial]);
  if (!created.succeeded) throw new Error(`python -m venv failed:\n${created.output}`);
  const installed = await runCommand(join(partial, 'bin', 'python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    requirements,
  ]);
  if (!installed.succeeded) {
    await rm(partial, { recursive: true, force: true });
    throw new Error(`pip could not install ${what}:\n${installed.output}`);
  }
  writeFileSync(join(partial, 'requirements.sha256'), wanted);
  await rm(directory, { recursive: true, force: true });
  await rename(partial, directory);
  return programs;
}

async function findPython(machine: Machine, tell: (text: string) => void): Promise<string> {
  const found = await wholePython(machine);
  if (found !== null) return found;
  if (await installPackages(machine, ['python3-venv', 'python3-pip'], tell)) {
    const now = await wholePython(machine);
    if (now !== null) return now;
  }
  throw new Error(
    'The local cloud needs Python 3.10 or newer with venv and pip. On Debian or Ubuntu: ' +
      'sudo apt-get install python3-venv python3-pip. On macOS: brew install python.',
  );
}

async function wholePython(machine: Machine): Promise<string | null> {
  // A shim of a version manager is on the PATH even where it stands for no Python at all.
  for (const candidate of findPrograms(machine, ['python3', 'python'])) {
    if ((await runCommand(candidate, ['-c', PYTHON_CHECK])).succeeded) return candidate;
  }
  return null;
}
