import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CORE_NODE_FLAGS } from '../../src/core/host/node-flags';
import { parseResult } from '../../src/shared/contracts/api-result';
import type { MethodInput, MethodName, MethodOutput } from '../../src/shared/contracts/app-api';

/** The built core in a process of its own, as the browser shell runs it. */
export interface BuiltCore {
  call<Name extends MethodName>(name: Name, input: MethodInput<Name>): Promise<MethodOutput<Name>>;
  /** The memory that it holds now, in MB (2^20 bytes); null where the system does not tell. */
  memory(): number | null;
  end(): Promise<void>;
}

/** Starts the core on a data directory; resolves when it answers. */
export async function startCore(
  builtApp: string,
  dataDirectory: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<BuiltCore> {
  const child = fork(join(builtApp, 'core', 'index.js'), [], {
    env: { ...process.env, DOCCENTR_DATA_DIR: dataDirectory, ...variables },
    execArgv: [...CORE_NODE_FLAGS],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = Promise.withResolvers<null>();
  const pending = new Map<number, (answer: unknown) => void>();
  let lastId = 0;
  child.on('message', (message) => {
    const { event, id } = message as { readonly event?: string; readonly id?: number };
    if (event === 'ready') ready.resolve(null);
    if (id !== undefined) pending.get(id)?.(message);
  });
  child.on('exit', () => ready.reject(new Error('the core ended before it was ready')));
  await ready.promise;
  return {
    async call(method, input) {
      lastId += 1;
      const id = lastId;
      const answer = await new Promise((resolve) => {
        pending.set(id, resolve);
        child.send({ id, method, input });
      });
      pending.delete(id);
      const result = parseResult(method, answer);
      if (!result.ok) throw new Error(`${method}: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    memory: () => residentMemory(child.pid ?? 0),
    async end() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

function residentMemory(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
