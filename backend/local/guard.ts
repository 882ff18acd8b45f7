import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Waits until its input ends, which it does when this process is gone, and then ends what is listed. */
const GUARD = `
  cat > /dev/null
  test -f "$1" || exit 0
  kill -TERM $(cat "$1") 2> /dev/null
`;

export interface Guard {
  /** Tells which processes run now. */
  readonly list: (pids: readonly number[]) => void;
  /** Everything was ended in order. */
  readonly dismiss: () => void;
}

/** Sees to it that no process is left behind when this one is killed. */
export function startGuard(directory: string): Guard {
  const file = pidsFile(directory);
  const child = spawn('sh', ['-c', GUARD, 'guard', file], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.unref();
  // What it would say when it cannot be told the end.
  child.stdin.on('error', () => undefined);
  return {
    list: (pids) => writeFileSync(file, `${pids.join('\n')}\n`),
    dismiss: () => {
      rmSync(file, { force: true });
      child.stdin.end();
    },
  };
}

/** Holds the processes of the cloud that runs on this data directory. */
export function pidsFile(directory: string): string {
  return join(directory, 'processes');
}
