import type { RowDataPacket } from 'mysql2/promise';
import { createPool } from 'mysql2/promise';

import type { Cloud } from '../../backend/local/cloud';
import type { BenchResult } from '../bench-result';
import { atMost } from '../bench-result';
import { median } from '../store/statistics';
import { startFloor } from './floor';
import type { BenchTenant } from './tenants';
import { createClient, post } from './tenants';

const SINGLE_ROUNDS = 15;
const AT_ONCE = 200;

/** From POST to the mail that SES took, against workers that do nothing. */
export async function benchWorkflows(
  cloud: Cloud,
  tenants: readonly BenchTenant[],
): Promise<readonly BenchResult[]> {
  const floor = await startFloor(cloud);
  const pool = createPool({ ...cloud.database.connection, connectionLimit: 2 });
  const clients = new Map<BenchTenant, number>();
  for (const tenant of tenants) clients.set(tenant, await createClient(cloud, tenant));
  let sent = await countSent();

  async function countSent(): Promise<number> {
    const [rows] = await pool.query<RowDataPacket[]>(
      'select count(*) as count from doccentr_notifications.messages where ses_id is not null',
    );
    return Number(rows[0]?.['count']);
  }

  /** Posts `count` invoices at once and waits until SES has taken the mail of each. */
  async function deliver(count: number): Promise<number> {
    const start = performance.now();
    const posted = Array.from({ length: count }, (_, index) => {
      const tenant = tenants[index % tenants.length];
      if (tenant === undefined) throw new Error('there are no tenants');
      const body = {
        client_id: clients.get(tenant),
        items: [{ description: 'Work', quantity: 1, unit_price: 10 }],
      };
      return post(cloud.api, '/invoices', body, tenant.token);
    });
    const wanted = sent + count;
    while ((sent = await countSent()) < wanted) {
      await new Promise((resolve) => setTimeout(resolve, count === 1 ? 3 : 50));
    }
    const taken = performance.now() - start;
    await Promise.all(posted);
    return taken;
  }

  async function timeFloor(count: number): Promise<number> {
    const start = performance.now();
    await floor.run(count);
    return performance.now() - start;
  }

  async function settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 300));
  }

  try {
    await deliver(1);
    await timeFloor(1);
    const ours: number[] = [];
    const least: number[] = [];
    for (let round = 0; round < SINGLE_ROUNDS; round += 1) {
      await settle();
      least.push(await timeFloor(1));
      await settle();
      ours.push(await deliver(1));
    }
    const leastTogether = await timeFloor(AT_ONCE);
    await settle();
    const together = await deliver(AT_ONCE);
    return [
      atMost(
        1.5,
        'POST to the mail taken / workflow of three idle workers, ms',
        median(ours),
        median(least),
      ),
      atMost(3, '200 invoices mailed / 200 idle workflows, ms', together, leastTogether),
    ];
  } finally {
    await floor.stop();
    await pool.end();
  }
}
