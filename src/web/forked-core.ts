import { fork } from 'node:child_process';

import { CORE_NODE_FLAGS } from '../core/host/node-flags';
import type { CoreProcess } from '../core/host/supervisor';

/** Runs the core as a child of this process, on the same Node. */
export function forkCore(entry: string, dataDirectory: string): CoreProcess {
  const child = fork(entry, [], {
    env: { ...process.env, DOCCENTR_DATA_DIR: dataDirectory },
    execArgv: [...CORE_NODE_FLAGS],
    serialization: 'advanced',
    // Standard output of the shell carries one line for scripts; nothing else may write there.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    send: (message) => {
      // A child that just died is reported by `exit`; the message needs no error of its own.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    end: () => {
      if (child.connected) child.disconnect();
    },
    kill: () => child.kill('SIGKILL'),
  };
}
