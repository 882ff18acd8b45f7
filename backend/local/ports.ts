import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

import { z } from 'zod';

/**
 * Below the range from which systems take the ports of outgoing connections (32768 up on Linux), so
 * that nobody has taken the port of a service while that is restarted.
 */
const LOWEST = 18_000;
const HIGHEST = 32_000;

const portsFileSchema = z.record(z.string(), z.int().min(1).max(65_535));

export const LOOPBACK = '127.0.0.1';

/** Whether a server may listen on this port of the loopback address now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/** A free port that is in none of `taken`. */
async function findFreePort(taken: ReadonlySet<number>): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error(`no free port was found between ${LOWEST} and ${HIGHEST}`);
}

/**
 * A port for each name: the given one, or else the one it had the last time (the stack carries the
 * addresses, and one that stays needs no deployment), or else any that is free.
 */
export async function choosePorts<Name extends string>(
  names: readonly Name[],
  file: string,
  given: Readonly<Partial<Record<Name, number>>>,
): Promise<Readonly<Record<Name, number>>> {
  const remembered = readPorts(file);
  const chosen = new Map<Name, number>();
  for (const name of names) {
    chosen.set(name, await choosePort(given[name], remembered[name], new Set(chosen.values())));
  }
  const ports = Object.fromEntries(chosen) as Record<Name, number>;
  writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}

async function choosePort(
  given: number | undefined,
  last: number | undefined,
  taken: ReadonlySet<number>,
): Promise<number> {
  if (given !== undefined) {
    if (await isPortFree(given)) return given;
    throw new Error(`port ${given} is in use`);
  }
  if (last !== undefined && !taken.has(last) && (await isPortFree(last))) return last;
  return await findFreePort(taken);
}

function readPorts(file: string): Readonly<Record<string, number>> {
  try {
    return portsFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
