import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { repository } from './built-app';
import { CLOUD_VARIABLE, MAIL_VARIABLE } from './cloud-address';

const mailFacts = z.object({ mailUrl: z.url() });

const START_PATIENCE_MS = 120_000;

/**
 * Starts the local cloud on data of its own, and tells the tests where it is. A cloud that runs
 * already is used as it is when its addresses are given by hand (`.local/cloud.json` has them).
 */
export default async function startCloud(): Promise<() => Promise<void>> {
  if (process.env[CLOUD_VARIABLE] !== undefined) return () => Promise.resolve();
  const local = join(repository, '.local');
  await mkdir(local, { recursive: true });
  const data = await mkdtemp(join(local, 'test-'));
  const child = spawn(
    process.execPath,
    [join(repository, 'scripts', 'cloud.mjs'), '--data', data],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  async function stop(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(data, { recursive: true, force: true });
    await rm(`${data}.json`, { force: true });
  }
  try {
    process.env[CLOUD_VARIABLE] = await readAddress(child);
    const told: unknown = JSON.parse(await readFile(`${data}.json`, 'utf8'));
    process.env[MAIL_VARIABLE] = mailFacts.parse(told).mailUrl;
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function readAddress(
  child: ChildProcess & { readonly stdout: NodeJS.ReadableStream },
): Promise<string> {
  const reader = createInterface({ input: child.stdout });
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('the local cloud did not become ready')),
      START_PATIENCE_MS,
    );
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the local cloud ended'));
    });
    reader.on('line', (line) => {
      const [, address] = /^doccentr cloud: (http:\S+)$/u.exec(line) ?? [];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}
