import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { delay } from './managed-process';
import { choosePorts } from './ports';
import { type ServiceProcess, startService } from './service-process';

/** Answers its process id and a variable; crashes, or hangs on, when it is asked to. */
const SCRIPT = `
  import { createServer } from 'node:http';
  if (process.env.BROKEN) { console.error('cannot start'); process.exit(9); }
  createServer((request, response) => {
    if (request.url === '/crash') { console.error('about to crash'); process.exit(3); }
    response.end(JSON.stringify({ pid: process.pid, extra: process.env.EXTRA ?? null }));
  }).listen(Number(process.env.PORT), '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));
`;

describe('a service process', () => {
  let directory: string;
  let service: ServiceProcess;
  let told: string[];

  async function start(environment: Record<string, string> = {}): Promise<void> {
    const { port } = await choosePorts(['port'], join(directory, 'ports.json'), {});
    service = await startService({
      name: 'notes',
      node: process.execPath,
      script: join(directory, 'service.mjs'),
      address: `http://127.0.0.1:${port}`,
      environment: { PORT: String(port), ...environment },
      directory,
      logFile: join(directory, 'notes.log'),
      tell: (text) => told.push(text),
      onProcess: () => undefined,
    });
  }

  async function ask(): Promise<{ pid: number; extra: string | null }> {
    return (await (await fetch(service.address)).json()) as { pid: number; extra: string | null };
  }

  function isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'doccentr-service-'));
    writeFileSync(join(directory, 'service.mjs'), SCRIPT);
    told = [];
  });
  afterEach(async () => {
    await service.kill();
    rmSync(directory, { recursive: true });
  });

  test('that crashes is started again at its address, and its last lines are shown', async () => {
    await start();
    await service.untilReady();
    const before = await ask();
    await fetch(`${service.address}/crash`).catch(() => undefined);
    await service.untilReady();
    const after = await ask();
    expect(after.pid).not.toBe(before.pid);
    expect(service.pid).toBe(after.pid);
    expect(told).toEqual(['notes ended (exit code 3); starting it again\n  about to crash']);
  });

  test('that was stopped or killed on purpose stays down until it is started', async () => {
    await start();
    await service.untilReady();
    for (const end of [service.stop, service.kill]) {
      const { pid } = service;
      await end();
      expect(isAlive(pid)).toBe(false);
      await delay(400);
      await expect(ask()).rejects.toThrow();
      await service.start();
      expect((await ask()).pid).not.toBe(pid);
    }
    expect(told).toEqual([]);
  });

  test('is started with other variables, which a restart after a crash keeps', async () => {
    await start();
    await service.untilReady();
    await service.stop();
    await service.start({ EXTRA: 'yes' });
    expect((await ask()).extra).toBe('yes');
    process.kill(service.pid, 'SIGKILL');
    await delay(100);
    await service.untilReady();
    expect((await ask()).extra).toBe('yes');
    await expect(service.start()).rejects.toThrow('running already');
  });

  test('that never comes up is given up on, with its last lines', async () => {
    await start({ BROKEN: '1' });
    await expect(service.untilReady()).rejects.toThrow('cannot start');
  });
});
