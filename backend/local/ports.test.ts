import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { choosePorts, isPortFree, LOOPBACK } from './ports';

describe('ports', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'doccentr-ports-'));
    file = join(directory, 'ports.json');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function occupy(port: number): Promise<() => Promise<void>> {
    const server = createServer();
    return new Promise((resolve) => {
      server.listen(port, LOOPBACK, () => {
        resolve(() => new Promise((done) => server.close(() => done())));
      });
    });
  }

  test('are different, free, and outside the range of outgoing connections', async () => {
    const ports = await choosePorts(['api', 'database', 'pdf'], file, {});
    expect(new Set(Object.values(ports)).size).toBe(3);
    for (const port of Object.values(ports)) {
      expect(port).toBeGreaterThanOrEqual(18_000);
      expect(port).toBeLessThan(32_768);
      expect(await isPortFree(port)).toBe(true);
    }
  });

  test('stay the same from start to start', async () => {
    const first = await choosePorts(['api', 'pdf'], file, {});
    expect(await choosePorts(['api', 'pdf'], file, {})).toEqual(first);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(first);
  });

  test('change only where somebody else listens by now', async () => {
    const first = await choosePorts(['api', 'pdf'], file, {});
    const release = await occupy(first.api);
    const second = await choosePorts(['api', 'pdf'], file, {});
    await release();
    expect(second.api).not.toBe(first.api);
    expect(second.pdf).toBe(first.pdf);
  });

  test('a given one is taken, or refused when it is in use', async () => {
    const { api } = await choosePorts(['api'], file, {});
    expect((await choosePorts(['api'], file, { api })).api).toBe(api);
    const release = await occupy(api);
    await expect(choosePorts(['api'], file, { api })).rejects.toThrow(`port ${api} is in use`);
    await release();
  });
});
