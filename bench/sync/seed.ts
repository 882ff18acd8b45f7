import { randomUUID } from 'node:crypto';

import { openDatabase, transact } from '../../backend/kit/database/database';
import { writeRecords } from '../../backend/kit/sync/publish-records';
import type { Cloud } from '../../backend/local/cloud';
import { invoiceWords } from '../../src/core/features/documents/document-words';
import { adapterOf } from '../../src/core/sync/adapters';
import { createHttpTransport } from '../../src/core/sync/http-transport';
import type { SyncTransport } from '../../src/core/sync/transport';
import type { SyncCollection } from '../../src/shared/contracts/sync/collections';
import { MAX_BATCH, PROTOCOL_VERSION } from '../../src/shared/contracts/sync/protocol';
import type { InvoiceRecord } from '../../src/shared/contracts/sync/records';
import type { DeviceUid } from '../../src/shared/domain/ids';
import { businessUid, newUid } from '../../src/shared/domain/ids';
import { invoiceRecordOf } from '../../src/shared/sync/wire-records';
import type { BenchTenant } from '../cloud/tenants';
import { importedSeries, openBooks, toRecord } from '../store/books';
import type { Relay } from './relay';

/** What was put into the cloud. */
export interface Seeded {
  readonly records: readonly InvoiceRecord[];
  /** What each is found by, in the same order. */
  readonly words: readonly string[];
}

export function transportOf(relay: Relay, tenant: BenchTenant): SyncTransport {
  return createHttpTransport({
    apiUrl: relay.address,
    business: tenant.business,
    token: () => Promise.resolve(tenant.token),
  });
}

export async function registerDevice(transport: SyncTransport): Promise<DeviceUid> {
  const device = newUid<DeviceUid>();
  await transport.register({
    protocol: PROTOCOL_VERSION,
    device,
    name: 'Bench',
    replaces: null,
  });
  return device;
}

/** Below a megabyte, as a device cuts its batches. */
const BATCH = 400;

/**
 * Tells the services made-up clients and invoices of three lines, as a device would. With `cloud`
 * the invoices are written where pulls read them, and the service's other tables stay empty.
 */
export async function seedInvoices(
  relay: Relay,
  tenant: BenchTenant,
  count: number,
  cloud?: Cloud,
): Promise<Seeded> {
  const transport = transportOf(relay, tenant);
  const device = await registerDevice(transport);
  const books = await openBooks(count);
  try {
    const { replica } = books.context;
    const clients = replica.read((scope) =>
      books.clients.flatMap(({ uid }) => adapterOf('clients').read(scope, uid)?.record ?? []),
    );
    await tell(transport, device, 'clients', clients);
    const seriesUid = importedSeries(books.context);
    const now = new Date().toISOString();
    const records: InvoiceRecord[] = [];
    const words: string[] = [];
    for (const given of books.invoices) {
      const { invoice, clientName } = toRecord({ now }, given, seriesUid);
      records.push(invoiceRecordOf(invoice, clientName));
      words.push(invoiceWords(invoice, clientName));
    }
    if (cloud === undefined) await tell(transport, device, 'invoices', records);
    else await write(cloud, tenant, records);
    return { records, words };
  } finally {
    books.close();
    books.remove();
  }
}

async function tell(
  transport: SyncTransport,
  device: DeviceUid,
  collection: SyncCollection,
  records: readonly { readonly uid: string }[],
): Promise<void> {
  let epoch: string | null = null;
  for (let start = 0; start < records.length; start += BATCH) {
    const mutations = records.slice(start, start + BATCH).map((record, index) => ({
      uuid: randomUUID(),
      seq: start + index + 1,
      uid: record.uid,
      body: { kind: 'create' as const, record: { ...record } },
    }));
    const answer = await transport.push(collection, {
      protocol: PROTOCOL_VERSION,
      device,
      epoch,
      mutations,
    });
    if (answer.kind !== 'done') throw new Error(`${collection} was answered ${answer.kind}`);
    const refused = answer.outcomes.find(({ outcome }) => outcome.kind !== 'applied');
    if (refused !== undefined) throw new Error(JSON.stringify(refused.outcome));
    ({ epoch } = answer);
  }
}

/** By the service's own statements, many rows at a time. */
async function write(
  cloud: Cloud,
  { business }: BenchTenant,
  records: readonly InvoiceRecord[],
): Promise<void> {
  const { host, port, user, password } = cloud.database.connection;
  const address = { host, port, user, password, name: 'doccentr_invoices', tls: null };
  const opened = openDatabase(address, 1);
  try {
    for (let start = 0; start < records.length; start += MAX_BATCH) {
      const rows = records.slice(start, start + MAX_BATCH).map((record) => ({
        uid: record.uid,
        deleted: false,
        text: JSON.stringify(record),
        isNew: true,
      }));
      const set = { collection: 'invoices' as const, records: rows };
      await transact(opened.db, (transaction) =>
        writeRecords(transaction, businessUid.parse(business), [set], [], new Date()),
      );
    }
  } finally {
    await opened.close();
  }
}
