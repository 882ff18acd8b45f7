import type { CoreMessage } from '../../shared/contracts/core-protocol';

/** The core's line to its shell, whichever kind of process it runs in. */
export interface CorePort {
  send(message: CoreMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The shell is gone: nobody is left to answer. */
  onGone(listener: () => void): void;
}

/** The part of Electron's `process.parentPort` in use; its types need all of Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

/** The line of this process; throws when it was started by hand. */
export function openPort(): CorePort {
  const parentPort: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(parentPort)) return utilityProcessPort(parentPort);
  if (process.send) return forkedProcessPort();
  throw new Error('the core has no shell to talk to: start doccentr instead');
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

function utilityProcessPort(parentPort: ParentPort): CorePort {
  return {
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    onGone: (listener) => parentPort.on('close', listener),
  };
}

function forkedProcessPort(): CorePort {
  return {
    // Between the shell's end and `disconnect` a message has nowhere to go, which is no error.
    send: (message) => process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}
