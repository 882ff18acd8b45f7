import {
  shellAnswer,
  type ShellAnswer,
  type ShellRequest,
} from '../../shared/contracts/core-protocol';
import type { Platform } from './platform';

const PATIENCE_MS = 15_000;

export interface ShellPlatform extends Platform {
  /** Takes a message of the shell that answers a request; false when it is something else. */
  hear(message: unknown): boolean;
}

type Asked = ShellRequest extends infer One
  ? One extends ShellRequest
    ? Omit<One, 'id'>
    : never
  : never;

/** The shell's part of the work, asked for over the core's line to it. */
export function createShellPlatform(send: (request: ShellRequest) => void): ShellPlatform {
  const pending = new Map<number, (answer: ShellAnswer) => void>();
  let nextId = 1;

  function ask(request: Asked): Promise<ShellAnswer & { readonly ok: true }> {
    const id = nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(null), PATIENCE_MS);
      function settle(answer: ShellAnswer | null): void {
        clearTimeout(timer);
        pending.delete(id);
        if (answer?.ok === true) resolve(answer);
        else reject(new Error(`the shell did not carry out ${request.ask}`));
      }
      pending.set(id, settle);
      send({ ...request, id });
    });
  }

  return {
    loadSecret: async () => {
      const { value, isProtected } = await ask({ ask: 'secret.load' });
      return { value, isProtected };
    },
    saveSecret: async (value) => {
      await ask({ ask: 'secret.save', value });
    },
    hear: (message) => {
      const answer = shellAnswer.safeParse(message);
      if (!answer.success) return false;
      pending.get(answer.data.answerTo)?.(answer.data);
      return true;
    },
  };
}

/** The other end: carries out what a core asks; a message that asks nothing is answered by null. */
export async function answerCore(platform: Platform, request: ShellRequest): Promise<ShellAnswer> {
  try {
    if (request.ask === 'secret.load') {
      return { answerTo: request.id, ok: true, ...(await platform.loadSecret()) };
    }
    await platform.saveSecret(request.value);
    return { answerTo: request.id, ok: true, value: null, isProtected: false };
  } catch {
    // The core knows what to do without it; why it failed may name what is secret.
    return { answerTo: request.id, ok: false };
  }
}
