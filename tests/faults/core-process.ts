import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { createSecretFile, noCipher } from '../../src/core/host/secret-file';
import { answerCore } from '../../src/core/host/shell-platform';
import type { MethodInput, MethodName, MethodOutput } from '../../src/shared/contracts/app-api';
import type { ApiError, CoreMessage } from '../../src/shared/contracts/core-protocol';
import type { Result } from '../../src/shared/domain/result';

const ENTRY = fileURLToPath(new URL('../../out/core/index.js', import.meta.url));

/** The real core as a process of its own, as both shells start it, to be killed at will. */
export interface CoreProcess {
  /** Resolves with the answer, or with null when the process died before it answered. */
  call<Name extends MethodName>(
    method: Name,
    input: MethodInput<Name>,
  ): Promise<Result<MethodOutput<Name>, ApiError> | null>;
  /** SIGKILL: no handler runs, nothing is flushed. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
}

export async function startCore(dataDirectory: string): Promise<CoreProcess> {
  if (!existsSync(ENTRY)) throw new Error('the core is not built: run `npm run build` first');
  const child = fork(ENTRY, [], {
    env: { ...process.env, DOCCENTR_DATA_DIR: dataDirectory },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // What the shell keeps outlives its core.
  const platform = createSecretFile(dataDirectory, noCipher);
  const waiting = new Map<number, (message: CoreMessage | null) => void>();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let nextId = 1;
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: CoreMessage) => {
      if ('event' in message) {
        if (message.event === 'ready') resolve();
        return;
      }
      if ('ask' in message) {
        void answerCore(platform, message).then((answer) => {
          if (child.connected) child.send(answer, () => undefined);
        });
        return;
      }
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    });
    child.once('exit', (code) => reject(new Error(`the core ended while starting (${code})`)));
  });
  void gone.then(() => {
    for (const settle of waiting.values()) settle(null);
    waiting.clear();
  });
  await ready;

  return {
    call: (method, input) =>
      new Promise((resolve) => {
        const id = nextId++;
        if (!child.connected) {
          resolve(null);
          return;
        }
        waiting.set(id, (message) => resolve(toResult(message)));
        child.send({ id, method, input }, () => undefined);
      }),
    kill: () => end(child, gone, 'SIGKILL'),
    stop: () => end(child, gone, 'SIGTERM'),
  };
}

async function end(
  child: ChildProcess,
  gone: Promise<void>,
  signal: NodeJS.Signals,
): Promise<void> {
  child.kill(signal);
  await gone;
}

function toResult<Value>(message: CoreMessage | null): Result<Value, ApiError> | null {
  if (message === null || !('ok' in message)) return null;
  // The core parsed its answer against the method's schema before it sent it.
  return message.ok
    ? { ok: true, value: message.value as Value }
    : { ok: false, error: message.error };
}
