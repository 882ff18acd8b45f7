import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { type Cloud, startCloud } from './cloud';
import { cloudFileOf, readCloudFile } from './cloud-file';
import { DirectoryInUseError } from './directory-lock';
import { noteDefinition } from './fixtures/note-definition';
import { isPortFree } from './ports';
import { createTestDirectory, removeTestDirectory } from './testing';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function pidsOf(cloud: Cloud): readonly number[] {
  const services = Object.values(cloud.services).map((service) => service.pid);
  return [...services, cloud.emulator.process.pid, cloud.database.pid()];
}

describe('a cloud of one machine', () => {
  let dataDirectory: string;
  const told: string[] = [];
  let cloud: Cloud;

  function start(reset = false): Promise<Cloud> {
    return startCloud({
      dataDirectory,
      reset,
      definition: noteDefinition,
      tell: (text) => told.push(text),
    });
  }

  function call(path: string, method = 'GET'): Promise<Response> {
    return fetch(`${cloud.api}${path}`, { method });
  }

  async function notes(): Promise<unknown> {
    return await (await call('/notes')).json();
  }

  beforeAll(async () => {
    dataDirectory = createTestDirectory();
    cloud = await start();
  });
  afterAll(async () => {
    await cloud.stop();
    removeTestDirectory(dataDirectory);
  });

  test('serves the API, with the headers of the service', async () => {
    const created = await call('/notes?text=kept', 'POST');
    expect(created.status).toBe(200);
    expect(created.headers.get('etag')).toBe('"7"');
    const refused = await call('/nothing');
    expect(refused.status).toBe(409);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.headers.get('retry-after')).toBe('3');
    expect(await notes()).toEqual([{ text: 'kept' }]);
  });

  test('writes down, for its owner alone, where everything is', () => {
    expect(readCloudFile(cloudFileOf(dataDirectory))).toEqual(cloud.file);
    expect(cloud.file).toMatchObject({ apiUrl: cloud.api, region: 'eu-central-1' });
    expect(cloud.file.userPoolId).toMatch(/^eu-central-1_/u);
  });

  test('gives each service its own role', async () => {
    const role: unknown = await (await call('/role')).json();
    expect(role).toBe('arn:aws:sts::000000000000:assumed-role/doccentr-notes/doccentr-notes');
  });

  test('refuses each service the databases of others', async () => {
    const own = await call('/others?database=doccentr_notes');
    expect(own.status).toBe(200);
    for (const database of ['doccentr_other', 'mysql']) {
      const answer = await call(`/others?database=${database}`);
      expect(answer.status).toBe(409);
      expect(await answer.text()).toContain('Access denied');
    }
  });

  test('keeps strict rules of SQL, UTC and committed reads', async () => {
    const [session] = (await (await call('/session')).json()) as [Record<string, string>];
    expect(session).toMatchObject({ isolation: 'READ-COMMITTED', zone: '+00:00' });
    expect(session['mode']).toContain('STRICT_TRANS_TABLES');
  });

  test('is not started a second time on the same data', async () => {
    await expect(start()).rejects.toThrow(DirectoryInUseError);
    expect(await notes()).toEqual([{ text: 'kept' }]);
  });

  test('starts a crashed service again; until then the gateway answers 504', async () => {
    const before = cloud.services['notes']!.pid;
    expect((await call('/crash', 'POST')).status).toBe(504);
    await cloud.services['notes']!.untilReady();
    expect(cloud.services['notes']!.pid).not.toBe(before);
    expect(await notes()).toEqual([{ text: 'kept' }]);
    expect(told.join('\n')).toContain('about to crash');
  });

  test('starts the database again, asked or after a crash, with all its rows', async () => {
    await cloud.database.restart();
    expect(await notes()).toEqual([{ text: 'kept' }]);
    await cloud.database.kill();
    await expect.poll(async () => (await call('/notes')).status, { timeout: 20_000 }).toBe(200);
    expect(await notes()).toEqual([{ text: 'kept' }]);
  });

  test('leaves no process and no port behind, and begins again where it was', async () => {
    const { file } = cloud;
    const pids = pidsOf(cloud);
    await cloud.stop();
    expect(pids.filter(isAlive)).toEqual([]);
    for (const address of [file.apiUrl, file.telemetryUrl, ...Object.values(file.services)]) {
      expect(await isPortFree(Number(new URL(address).port))).toBe(true);
    }
    expect(existsSync(cloudFileOf(dataDirectory))).toBe(false);
    cloud = await start();
    expect(cloud.file).toEqual(file);
    expect(await notes()).toEqual([{ text: 'kept' }]);
  });

  test('moves to another port with everything it keeps', async () => {
    await cloud.stop();
    const { userPoolId } = cloud.file;
    const portsFile = join(dataDirectory, 'ports.json');
    const port = JSON.parse(readFileSync(portsFile, 'utf8')) as { api: number };
    cloud = await startCloud({
      dataDirectory,
      definition: noteDefinition,
      port: port.api + 1,
    });
    expect(new URL(cloud.api).port).toBe(String(port.api + 1));
    expect(cloud.file.userPoolId).toBe(userPoolId);
    expect(await notes()).toEqual([{ text: 'kept' }]);
  });

  test('is empty after a reset', async () => {
    await cloud.stop();
    cloud = await start(true);
    expect(await notes()).toEqual([]);
  });
});

describe('a launcher that is killed', () => {
  test('leaves no process behind', async () => {
    const directory = createTestDirectory();
    const pidFile = join(directory, 'processes');
    const script = join(import.meta.dirname, 'fixtures', 'guarded-launcher.mjs');
    const launcher = spawn(process.execPath, [script, directory], { stdio: 'ignore' });
    const ended = new Promise((resolve) => launcher.once('exit', resolve));
    await expect.poll(() => existsSync(pidFile), { timeout: 10_000 }).toBe(true);
    const child = Number(readFileSync(pidFile, 'utf8').trim());
    expect(isAlive(child)).toBe(true);
    launcher.kill('SIGKILL');
    await ended;
    await expect.poll(() => isAlive(child), { timeout: 10_000 }).toBe(false);
    removeTestDirectory(directory);
  });
});

describe('the cloud of all test files', () => {
  test('has every service ready, each with a database of its own', async () => {
    const cloud = inject('cloud');
    for (const name of Object.keys(cloud.pids)) {
      const ready = await fetch(`${cloud.services[name] ?? ''}/readyz`);
      expect(ready.status).toBe(200);
    }
    const root = await createConnection({ ...cloud.database });
    const [rows] = await root.query("SHOW DATABASES LIKE 'doccentr\\_%'");
    await root.end();
    expect(rows).toHaveLength(Object.keys(cloud.services).length);
  });
});
