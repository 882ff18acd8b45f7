import { utilityProcess } from 'electron';

import { CORE_NODE_FLAGS } from '../core/host/node-flags';
import type { CoreProcess } from '../core/host/supervisor';

/** Runs the core in a utility process: Node without any of Electron's windows. */
export function startUtilityCore(entry: string, dataDirectory: string): CoreProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'doccentr core',
    env: { ...process.env, DOCCENTR_DATA_DIR: dataDirectory },
    execArgv: [...CORE_NODE_FLAGS],
    stdio: 'ignore',
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    end: () => child.kill(),
    kill: () => {
      // `kill()` asks politely (SIGTERM); a core that does not listen is ended by its number.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
