import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from 'vite';

import { openReplica } from '../../src/core/replica/replica';
import { seededRandom } from './workload';

const KILLS = 8;
const MOST_ROUNDS = 2;
const LONGEST_MOMENT_MS = 15;

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the project: what is built there finds its packages. */
const cache = join(root, 'node_modules', '.cache');

let built: string;
let directory: string;
let path: string;

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  built = mkdtempSync(join(cache, 'doccentr-checkpoint-'));
  directory = mkdtempSync(join(tmpdir(), 'doccentr-checkpoint-'));
  path = join(directory, 'replica.sqlite');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: built,
      rolldownOptions: {
        input: {
          writer: join(root, 'tests/faults/write-long-logs.ts'),
          'checkpoint-thread': join(root, 'src/core/replica/checkpoint-thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
});
afterAll(() => {
  rmSync(built, { recursive: true });
  rmSync(directory, { recursive: true });
});

it(
  'loses nothing committed when the process is killed while a thread moves the log into the file',
  { timeout: 120_000 },
  async () => {
    const random = seededRandom(20_261_201);
    let round = 0;
    let struck = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const rounds = 1 + Math.floor(random() * MOST_ROUNDS);
      const told = await writeUntilKilled(round + 1, rounds, random() * LONGEST_MOMENT_MS);
      if (told.inFile < told.committed) struck += 1;
      const found = readRound();
      // What was committed is there; what followed may be, if it is whole.
      expect(found, `after kill ${kill}`).toBeGreaterThanOrEqual(told.committed);
      round = found;
    }
    expect(struck).toBeGreaterThan(0);
  },
);

interface Told {
  readonly committed: number;
  readonly inFile: number;
}

/** Lets a process write, and kills it a moment after it has committed so many rounds. */
async function writeUntilKilled(first: number, rounds: number, moment: number): Promise<Told> {
  const writer = fork(join(built, 'writer.js'), [path, `${first}`]);
  let told: Told = { committed: 0, inFile: 0 };
  const enough = new Promise<void>((resolve, reject) => {
    writer.on('message', (news: Partial<Told>) => {
      told = { ...told, ...news };
      if (told.committed >= first + rounds - 1) resolve();
    });
    writer.once('exit', () => reject(new Error('the writer ended by itself')));
  });
  const gone = once(writer, 'exit');
  await enough;
  await sleep(moment);
  writer.kill('SIGKILL');
  await gone;
  return told;
}

/** The round that all rows are of; each transaction is there whole or not at all. */
function readRound(): number {
  const replica = openReplica(path, { now: () => new Date(), onChange: () => undefined });
  try {
    const { connection } = replica;
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    const rounds = connection
      .prepare<[], string>(
        `SELECT DISTINCT substr(value, 1, instr(value, ' ')) FROM meta WHERE key LIKE 'part-%'`,
      )
      .pluck()
      .all();
    expect(rounds).toHaveLength(1);
    return Number(rounds[0]);
  } finally {
    replica.close();
  }
}
