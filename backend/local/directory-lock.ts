import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { type LoopbackServer, serveLoopback } from './loopback-server';
import { delay } from './managed-process';

const lockSchema = z.object({ id: z.uuid(), pid: z.int(), address: z.url() });
type Lock = z.infer<typeof lockSchema>;

/** Another cloud runs on the same data. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
  constructor(readonly pid: number) {
    super(`another local cloud (process ${pid}) uses this data directory`);
  }
}

/**
 * Takes the data directory for this process; answers how to give it back. The lock names an address
 * that answers as long as its holder lives, so that neither a crash nor a process id that somebody
 * else has got by now leaves a directory locked or lets two of them in.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, 'in-use.json');
  const id = randomUUID();
  const server = await serveLoopback(0, () => Promise.resolve({ status: 200, body: { id } }));
  try {
    await takeOver(file, { id, pid: process.pid, address: server.address });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return () => release(file, id, server);
}

async function takeOver(file: string, own: Lock): Promise<void> {
  const other = readLock(file);
  if (other !== null && (await isAlive(other))) throw new DirectoryInUseError(other.pid);
  const partial = `${file}.${own.id}`;
  writeFileSync(partial, JSON.stringify(own), { mode: 0o600 });
  renameSync(partial, file);
  // Of two that start in the same moment, the one that wrote last stays.
  await delay(50);
  const now = readLock(file);
  if (now !== null && now.id !== own.id) throw new DirectoryInUseError(now.pid);
}

async function release(file: string, id: string, server: LoopbackServer): Promise<void> {
  if (readLock(file)?.id === id) rmSync(file, { force: true });
  await server.stop();
}

function readLock(file: string): Lock | null {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

async function isAlive({ id, address }: Lock): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(3_000) });
    const answer = z.object({ id: z.string() }).parse(await response.json());
    return answer.id === id;
  } catch {
    return false;
  }
}
