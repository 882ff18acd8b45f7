import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { mailsTo } from '../../backend/kit/testing/cloud-mail';
import { seededRandom } from '../faults/workload';
import { type Done, joinBoth, Machine, work } from './support/machine';
import type { OwnCloud } from './support/own-cloud';
import { startOwnCloud } from './support/own-cloud';
import { until } from './support/rest';

/** More of them by `npm run test:faults -- --kill 50`. */
const KILLS = Number(process.env['DOCCENTR_KILLS'] ?? 8);
/** A life ends at a random moment of this many milliseconds. */
const LONGEST_LIFE_MS = 900;
const SERVICES = ['auth', 'clients', 'orders', 'invoices', 'pdf', 'notifications'] as const;
/** Where it tells what struck, for the report of `npm run test:faults`. */
const REPORTS = fileURLToPath(new URL('../../artifacts/faults', import.meta.url));

let own: OwnCloud;
const machines: Machine[] = [];

beforeAll(async () => {
  own = await startOwnCloud();
}, 180_000);
afterAll(async () => {
  await Promise.all(machines.map((machine) => machine.remove()));
  await own.stop();
}, 60_000);

async function newMachine(): Promise<Machine> {
  const machine = new Machine(own.cloud.file.apiUrl);
  machines.push(machine);
  await machine.start();
  return machine;
}

async function isAtRest(machine: Machine): Promise<boolean> {
  await machine.call('sync.now', {});
  await sleep(500);
  const status = await machine.call('sync.status', {});
  return status.phase === 'idle' && status.waiting === 0;
}

/** Every invoice as a list of this machine shows it, by number. */
async function invoicesOf(machine: Machine): Promise<readonly string[]> {
  const { rows } = await machine.call('invoices.list', { limit: 200 });
  return rows.map((row) => `${row.number ?? 'draft'} ${row.uid} ${row.total}`).sort();
}

/** Numbers of the business that are missing in a series, or there twice. */
async function numberFaults(tenant: string): Promise<readonly string[]> {
  const rows = await own.rows(
    'invoices',
    `select series_uid as series, count(*) as held, count(distinct sequence) as numbers,
       max(sequence) as last
     from invoices where tenant = ? and sequence is not null group by series_uid, period`,
    [tenant],
  );
  return rows
    .filter(({ held, numbers, last }) => Number(held) !== Number(last) || held !== numbers)
    .map((row) => JSON.stringify(row));
}

it(
  `R12 R15 R53 R73 two machines and the cloud agree after ${KILLS} SIGKILLs`,
  { timeout: 120_000 + KILLS * 20_000 },
  async () => {
    const seed = Number(process.env['DOCCENTR_KILL_SEED'] ?? Date.now() % 1_000_000);
    const random = seededRandom(seed);
    const [first, second] = [await newMachine(), await newMachine()];
    const tenant = await joinBoth(first, second);
    const done: Done = { clients: new Set(), numbers: new Map(), recipients: new Set() };
    const struck: Record<string, number> = { kill_core: 0, kill_service: 0 };
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const working = [first, second].map((machine) => work(machine, done, `w${randomUUID()}`));
      const asking = [first, second].map((machine) => machine.try('sync.now', {}));
      await sleep(random() * LONGEST_LIFE_MS);
      const victim = [first, first, second, second, null, null][Math.floor(random() * 6)] ?? null;
      if (victim === null) {
        const name = SERVICES[Math.floor(random() * SERVICES.length)] ?? 'invoices';
        struck['kill_service'] = (struck['kill_service'] ?? 0) + 1;
        await own.cloud.services[name]?.kill();
        await own.cloud.services[name]?.start();
        await Promise.all(working);
      } else {
        struck['kill_core'] = (struck['kill_core'] ?? 0) + 1;
        await victim.kill();
        await Promise.all(working);
        await victim.start();
      }
      await Promise.all(asking);
    }
    process.stderr.write(`seed ${seed}: ${JSON.stringify(struck)}\n`);
    mkdirSync(REPORTS, { recursive: true });
    writeFileSync(`${REPORTS}/kills.json`, JSON.stringify({ schedules: 0, counts: struck }));

    await until('every mail to be out', async () => (await unmailed(done)).length === 0, 120);
    for (const machine of [first, second, first]) {
      await until('everything to be told', () => isAtRest(machine), 120);
    }
    const shown = await invoicesOf(first);
    expect(await invoicesOf(second)).toEqual(shown);
    for (const [invoice, number] of done.numbers) {
      expect(shown.filter((line) => line.startsWith(`${number} ${invoice} `))).toHaveLength(1);
    }
    const kept = await own.rows(
      'clients',
      `select uid from sync_records where tenant = ? and collection = 'clients' and deleted = 0`,
      [tenant],
    );
    const known = new Set(kept.map((row) => String(row['uid'])));
    expect([...done.clients].filter((client) => !known.has(client))).toEqual([]);
    expect(await numberFaults(tenant)).toEqual([]);
    for (const recipient of done.recipients) {
      expect((await mailsTo(recipient, own.cloud.file.mailUrl)).length).toBeLessThanOrEqual(1);
    }
  },
);

/** Who has no mail yet, and nobody says that it is unknown whether there is one. */
async function unmailed({ recipients }: Done): Promise<readonly string[]> {
  const rows = await own.rows(
    'notifications',
    `select recipient from messages where state = 'unknown'`,
  );
  const doubted = new Set(rows.map((row) => String(row['recipient'])));
  const missing: string[] = [];
  for (const recipient of recipients) {
    if (doubted.has(recipient)) continue;
    if ((await mailsTo(recipient, own.cloud.file.mailUrl)).length === 0) missing.push(recipient);
  }
  return missing;
}
