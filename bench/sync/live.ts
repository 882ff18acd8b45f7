import type { Cloud } from '../../backend/local/cloud';
import type { BenchResult } from '../bench-result';
import { within } from '../bench-result';
import type { BenchTenant } from '../cloud/tenants';
import { median } from '../store/statistics';
import type { BenchDevice } from './devices';
import { signIn, until } from './devices';
import type { Passed, Relay } from './relay';
import { startRelay } from './relay';
import { seedInvoices } from './seed';

const ROUNDS = 5;
const IDLE_MS = 40_000;
const QUIET_MS = 1_500;
const PATIENCE_SECONDS = 60;
const POLL = '/sync/poll';

/**
 * Two devices of a business, by the gateway and the poll as people's are: a changed invoice on its
 * way from one to the other, and what both ask while nobody changes anything.
 */
export async function benchLive(
  cloud: Cloud,
  builtApp: string,
  tenant: BenchTenant,
): Promise<readonly BenchResult[]> {
  const relay = await startRelay(cloud, true);
  await seedInvoices(relay, tenant, 100);
  const devices = [
    await signIn(builtApp, relay, tenant),
    await signIn(builtApp, relay, tenant),
  ] as const;
  try {
    for (const device of devices) {
      await device.join();
      await until(PATIENCE_SECONDS, 'joining', async () => (await countOf(device)) === 100);
    }
    const [first, second] = devices;
    const times: number[] = [];
    const bytes: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await untilQuiet(relay);
      relay.passed.length = 0;
      times.push(await carry(first, second, `Round ${round}`));
      bytes.push(bytesOf(relay.passed));
    }
    await untilQuiet(relay);
    return [
      within(2_000, 'one change: bytes of all bodies (value at most)', median(bytes), 2_000),
      within(1_000, 'one change: ms until another device has it', median(times), 1_000),
      await benchIdle(relay),
    ];
  } finally {
    for (const device of devices) await device.remove();
    await relay.stop();
  }
}

async function countOf({ core }: BenchDevice): Promise<number> {
  return (await core.call('invoices.count', {})).count;
}

/** Milliseconds from the change on one device until the other shows it. */
async function carry(from: BenchDevice, to: BenchDevice, notes: string): Promise<number> {
  const { rows } = await from.core.call('invoices.list', { statuses: ['draft'] });
  const [row] = rows;
  if (row === undefined) throw new Error('there is no draft');
  const { uid } = row;
  const { invoice } = await from.core.call('invoices.get', { uid });
  const start = performance.now();
  await from.core.call('invoices.updateDraft', { uid, content: { ...invoice.content, notes } });
  await until(PATIENCE_SECONDS, 'a change', async () => {
    const found = await to.core.call('invoices.get', { uid });
    return found.invoice.content.notes === notes;
  });
  return performance.now() - start;
}

/** Telling it, its way to both devices, and the polls that were answered for it. */
function bytesOf(passed: readonly Passed[]): number {
  return passed.reduce((sum, { sent, received }) => sum + sent + received, 0);
}

/** Nothing but polls that wait. */
async function untilQuiet({ passed }: Relay): Promise<void> {
  await until(PATIENCE_SECONDS, 'quiet', () => {
    const [last] = passed.slice(-1);
    const isBusy = passed.some(({ path, until: end }) => path !== POLL && Number.isNaN(end));
    return !isBusy && last !== undefined && performance.now() - last.from > QUIET_MS;
  });
}

async function benchIdle(relay: Relay): Promise<BenchResult> {
  relay.passed.length = 0;
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const polls = relay.passed.filter(({ path }) => path === POLL).length;
  if (polls === 0) throw new Error('no device polled');
  return within(1, 'idle: requests of a poll (value at most)', relay.passed.length / polls, 1);
}
