import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Machine } from './installed-programs';
import { findPrograms, thisMachine } from './installed-programs';
import { prepareMariadb } from './mariadb-setup';
import { preparePython } from './python-environment';

/** A machine that lacks what the cloud needs: what is there lies in one folder. */

let folder: string;
let told: string[];
const tell = (text: string) => told.push(text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doccentr-machine-'));
  told = [];
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const machine = (isRoot: boolean): Machine => ({ directories: [folder], isRoot });

function addProgram(name: string, text: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

/** An apt that notes how it was called, and brings `text` about when it installs. */
function addApt(text: string): void {
  addProgram(
    'apt-get',
    `echo "$DEBIAN_FRONTEND $*" >> ${folder}/apt-calls\n[ "$1" = update ] && exit 0\n${text}`,
  );
}

function aptCalls(): readonly string[] {
  const file = join(folder, 'apt-calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

describe('without MariaDB', () => {
  it('root has it installed', async () => {
    addApt(
      `cp ${folder}/apt-get ${folder}/mariadbd; cp ${folder}/apt-get ${folder}/mariadb-install-db`,
    );
    expect(await prepareMariadb(tell, machine(true))).toEqual({
      server: join(folder, 'mariadbd'),
      install: join(folder, 'mariadb-install-db'),
    });
    expect(told).toEqual(['installing mariadb-server']);
    expect(aptCalls()).toEqual([
      'noninteractive update -q',
      'noninteractive install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 mariadb-server',
    ]);
  });

  it('root is told why it could not be installed', async () => {
    addApt('echo no such package >&2; exit 100');
    await expect(prepareMariadb(tell, machine(true))).rejects.toThrow(
      'mariadb-server could not be installed:\nno such package',
    );
  });

  it.each([
    ['anybody else', false, true],
    ['root without apt', true, false],
  ])('%s is told what to install', async (_, isRoot, hasApt) => {
    if (hasApt) addApt('exit 1');
    await expect(prepareMariadb(tell, machine(isRoot))).rejects.toThrow(
      'sudo apt-get install mariadb-server',
    );
    expect(aptCalls()).toEqual([]);
  });
});

describe('without a whole Python', () => {
  /** Debian's own has no `ensurepip` until python3-venv is there. */
  const lacksVenv = () => addProgram('python3', 'exit 1');

  function environment() {
    const requirements = join(folder, 'requirements.txt');
    writeFileSync(requirements, '# nothing\n');
    return { what: 'nothing', directory: join(folder, 'environment'), requirements };
  }

  it('root has it installed, once', async () => {
    lacksVenv();
    const [real = ''] = findPrograms(thisMachine(), ['python3']);
    addApt(`printf '#!/bin/sh\\nexec ${real} "$@"\\n' > ${folder}/python3`);
    const programs = await preparePython(environment(), tell, machine(true));
    expect(existsSync(join(programs, 'python'))).toBe(true);
    expect(told).toEqual([
      'getting nothing (once, about a minute)',
      'installing python3-venv and python3-pip',
    ]);
    expect(await preparePython(environment(), tell, machine(false))).toBe(programs);
    expect(told).toHaveLength(2);
  });

  it('anybody else is told what to install', async () => {
    lacksVenv();
    addApt('exit 1');
    await expect(preparePython(environment(), tell, machine(false))).rejects.toThrow(
      'sudo apt-get install python3-venv python3-pip',
    );
    expect(aptCalls()).toEqual([]);
    expect(existsSync(environment().directory)).toBe(false);
  });
});
