import { createPool } from 'mysql2/promise';
import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

import type { Cloud } from '../../backend/local/cloud';
import type { BenchResult } from '../bench-result';
import { atLeast } from '../bench-result';
import { median } from '../store/statistics';
import { call, callsPerSecond, perSecond } from './load';
import type { BenchTenant } from './tenants';
import { createClient, post } from './tenants';

const CONNECTIONS = 16;
const SECONDS = 3;
const ROUNDS = 3;

function poolOf(cloud: Cloud, service: string) {
  return createPool({
    ...cloud.database.connection,
    database: `doccentr_${service}`,
    connectionLimit: CONNECTIONS,
  });
}

/**
 * POST /clients at the service against the same transaction written by hand with mysql2: the client,
 * the counter of the business's clients, the record for its devices, and two events, with the texts
 * that the service writes, for one business after the other as the calls come. Neither has a key of
 * idempotency. The service tells its events besides; those of the loop are nobody's to tell, so they
 * count as published.
 */
export async function benchCreatingClients(
  cloud: Cloud,
  tenants: readonly BenchTenant[],
): Promise<BenchResult> {
  const pool = poolOf(cloud, 'clients');
  const address = `${cloud.file.services['clients'] ?? ''}/v1/clients`;
  const texts = await textsOfService(cloud, pool, tenants);
  const ours: number[] = [];
  const plain: number[] = [];
  let turn = 0;

  function nextTenant(): BenchTenant {
    turn += 1;
    const tenant = tenants[turn % tenants.length];
    if (tenant === undefined) throw new Error('there are no tenants');
    return tenant;
  }

  async function byHand(): Promise<void> {
    const { business: tenant } = nextTenant();
    const connection = await pool.getConnection();
    const uid = crypto.randomUUID();
    const email = `${uid}@example.com`;
    const { record, event, trace } = texts(uid, email);
    await connection.query('begin');
    await connection.execute(
      `insert into clients (tenant, uid, revision, name, contact_name, email, email_key, phone,
         address, vat_number, company_number, reminders_paused, search, created_at, updated_at)
       values (?, ?, 1, 'Bench', '', ?, ?, '', '', '', '', 0, ?, now(3), now(3))`,
      [tenant, uid, email, email, email],
    );
    const [head] = await connection.execute<ResultSetHeader>(
      `insert into sync_heads (tenant, collection, epoch, version) values (?, 'clients', ?, 1)
       on duplicate key update version = last_insert_id(version + 1)`,
      [tenant, crypto.randomUUID()],
    );
    const version = head.insertId === 0 ? 1 : head.insertId;
    await connection.execute(
      `insert into sync_records
         (tenant, collection, uid, version, deleted, record, bytes, changed_at)
       values (?, 'clients', ?, ?, 0, ?, ?, now(3))`,
      [tenant, uid, version, record, record.length],
    );
    await connection.execute(
      `insert into outbox (event_id, name, tenant, occurred_at, trace, data, published_at)
       values (?, 'ClientCreated', ?, now(3), ?, ?, now(3)),
              (?, 'ClientsMoved', ?, now(3), ?, concat('{"collection":"clients","epoch":"',
                (select h.epoch from sync_heads h where h.tenant = ? and h.collection = 'clients'),
                '","version":', ?, '}'), now(3))`,
      [
        ...[crypto.randomUUID(), tenant, trace, event],
        ...[crypto.randomUUID(), tenant, trace, tenant, version],
      ],
    );
    await connection.query('commit');
    connection.release();
  }

  function byService(agent: Parameters<typeof call>[0]): Promise<void> {
    const { token } = nextTenant();
    const body = JSON.stringify({ name: 'Bench', email: `${crypto.randomUUID()}@example.com` });
    return call(agent, 'POST', address, token, 201, body);
  }

  await callsPerSecond(CONNECTIONS, 1, byService);
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await perSecond(CONNECTIONS, SECONDS, byHand));
    ours.push(await callsPerSecond(CONNECTIONS, SECONDS, byService));
  }
  await pool.end();
  const name = 'POST /clients at the service / the same transaction by mysql2, per second';
  return atLeast(0.35, name, median(ours), median(plain));
}

/** What the service writes of a client, as it wrote it for another one. */
async function textsOfService(
  cloud: Cloud,
  pool: ReturnType<typeof poolOf>,
  [tenant]: readonly BenchTenant[],
): Promise<(uid: string, email: string) => z.output<typeof writtenTexts>> {
  if (tenant === undefined) throw new Error('there are no tenants');
  const id = await createClient(cloud, tenant);
  const [rows] = await pool.query<RowDataPacket[]>(
    `select clients.uid, clients.email, sync_records.record, outbox.data as event, outbox.trace
     from clients join sync_records using (tenant, uid)
       join outbox on outbox.tenant = clients.tenant and outbox.name = 'ClientCreated'
         and outbox.data like concat('%', clients.uid, '%')
     where clients.id = ?`,
    [id],
  );
  const written = writtenTexts.parse(rows[0]);
  return (uid, email) => {
    const of = (text: string) => text.replaceAll(written.uid, uid).replaceAll(written.email, email);
    return {
      uid,
      email,
      record: of(written.record),
      event: of(written.event),
      trace: written.trace,
    };
  };
}

const writtenTexts = z.object({
  uid: z.string(),
  email: z.string(),
  record: z.string(),
  event: z.string(),
  trace: z.string(),
});

/** GET of 100 invoices with their items against the two queries and `JSON.stringify`. */
export async function benchReadingInvoices(
  cloud: Cloud,
  tenant: BenchTenant,
): Promise<BenchResult> {
  const client = await createClient(cloud, tenant);
  const item = { description: 'Work', quantity: 1, unit_price: 10 };
  for (let index = 0; index < 100; index += 1) {
    const body = { client_id: client, status: 'draft', items: [item, item, item] };
    await post(cloud.api, '/invoices', body, tenant.token);
  }
  const pool = poolOf(cloud, 'invoices');
  const address = `${cloud.file.services['invoices'] ?? ''}/v1/invoices?limit=100`;
  const ids = z.array(z.looseObject({ id: z.int() }));

  async function byHand(): Promise<void> {
    const [rows] = await pool.query<RowDataPacket[]>(
      'select * from invoices where tenant = ? and deleted_at is null order by id limit 101',
      [tenant.business],
    );
    const [items] = await pool.query<RowDataPacket[]>(
      'select * from invoice_items where tenant = ? and invoice_id in (?)',
      [tenant.business, ids.parse(rows).map(({ id }) => id)],
    );
    if (JSON.stringify({ rows, items }).length < 1_000) throw new Error('nothing was read');
  }

  const ours: number[] = [];
  const plain: number[] = [];
  const read = (agent: Parameters<typeof call>[0]) =>
    call(agent, 'GET', address, tenant.token, 200);
  await callsPerSecond(4, 1, read);
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await perSecond(4, SECONDS, byHand));
    ours.push(await callsPerSecond(4, SECONDS, read));
  }
  await pool.end();
  const name = 'GET of 100 invoices with items / two queries and JSON, per second';
  return atLeast(0.4, name, median(ours), median(plain));
}
