import { and, asc, eq, gt, inArray, isNotNull, isNull, like } from 'drizzle-orm';

import { fold } from '../../../../src/shared/domain/fold';
import type { BusinessUid, ClientUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { insertRows } from '../../../kit/database/insert-rows';
import type { Client } from '../domain/client';
import { emailKeyOf, searchTextOf } from '../domain/client';
import { clients } from './schema';

/** A client as it is kept. */
export type StoredClient = typeof clients.$inferSelect;

export interface ClientFilter {
  /** Goes on after this id. */
  readonly after: number;
  readonly limit: number;
  /** Part of a name or an e-mail address, as typed. */
  readonly search: string;
  readonly email: string | undefined;
  readonly isArchived: boolean | undefined;
}

/** Clients that are not deleted, by id. */
export async function listClients(
  db: Database,
  tenant: BusinessUid,
  { after, limit, search, email, isArchived }: ClientFilter,
): Promise<readonly StoredClient[]> {
  return db
    .select()
    .from(clients)
    .where(
      and(
        eq(clients.tenant, tenant),
        gt(clients.id, after),
        isNull(clients.deletedAt),
        search === '' ? undefined : like(clients.search, `%${escapeLike(fold(search))}%`),
        email === undefined ? undefined : eq(clients.email, email),
        isArchived === undefined
          ? undefined
          : isArchived
            ? isNotNull(clients.archivedAt)
            : isNull(clients.archivedAt),
      ),
    )
    .orderBy(asc(clients.id))
    .limit(limit);
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/gu, '\\$&');
}

/** A client of the tenant, also a deleted one. */
export async function findClient(
  db: Database,
  tenant: BusinessUid,
  id: number,
): Promise<StoredClient | null> {
  const [row] = await db.select().from(clients).where(isClient(tenant, id));
  return row ?? null;
}

/** The same, held until the transaction ends. */
export async function lockClient(
  transaction: Transaction,
  tenant: BusinessUid,
  id: number,
): Promise<StoredClient | null> {
  const [row] = await transaction.select().from(clients).where(isClient(tenant, id)).for('update');
  return row ?? null;
}

/** Clients by their uids, deleted ones too, held until the transaction ends. */
export async function lockClientsByUid(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly string[],
): Promise<ReadonlyMap<string, StoredClient>> {
  if (uids.length === 0) return new Map();
  const rows = await transaction
    .select()
    .from(clients)
    .where(and(eq(clients.tenant, tenant), inArray(clients.uid, [...uids] as ClientUid[])))
    .for('update');
  return new Map(rows.map((row) => [row.uid, row]));
}

/** Which of the e-mail keys a client of the tenant holds. */
export async function heldEmailKeys(
  transaction: Transaction,
  tenant: BusinessUid,
  keys: readonly string[],
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const rows = await transaction
    .select({ key: clients.emailKey })
    .from(clients)
    .where(and(eq(clients.tenant, tenant), inArray(clients.emailKey, [...keys])));
  return rows.flatMap(({ key }) => (key === null ? [] : [key]));
}

/** New clients, in one statement; the caller knows who holds which address. */
export async function insertClients(
  transaction: Transaction,
  tenant: BusinessUid,
  described: readonly (Client & Pick<StoredClient, 'emailKey' | 'deletedAt'>)[],
  now: Date,
): Promise<readonly StoredClient[]> {
  if (described.length === 0) return [];
  const rows = described.map((client) => ({
    ...client,
    tenant,
    revision: 1,
    search: searchTextOf(client),
    createdAt: now,
    updatedAt: now,
  }));
  const insertId = await insertRows(transaction, clients, rows);
  // Rows of one insert get consecutive ids, in every lock mode of MySQL and MariaDB.
  return rows.map((row, index) => ({ ...row, id: insertId + index }));
}

/** Keeps what became of clients that are locked, in one statement. */
export async function saveClients(
  transaction: Transaction,
  changed: readonly StoredClient[],
): Promise<void> {
  await insertRows(
    transaction,
    clients,
    changed.map((client) => ({ ...client, search: searchTextOf(client) })),
    { overwriteBut: ['tenant', 'id', 'uid', 'createdAt'] },
  );
}

/** Throws the database's duplicate error when another client holds the e-mail address. */
export async function insertClient(
  transaction: Transaction,
  tenant: BusinessUid,
  client: Client,
  now: Date,
): Promise<StoredClient> {
  const row = {
    ...client,
    tenant,
    revision: 1,
    emailKey: emailKeyOf(client.email),
    search: searchTextOf(client),
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  return { ...row, id: await insertRows(transaction, clients, [row]) };
}

/** Keeps what became of a client that `lockClient` has locked; throws as `insertClient` does. */
export async function saveClient(transaction: Transaction, client: StoredClient): Promise<void> {
  await transaction
    .update(clients)
    .set({ ...client, search: searchTextOf(client) })
    .where(isClient(client.tenant, client.id));
}

function isClient(tenant: string, id: number) {
  return and(eq(clients.tenant, tenant), eq(clients.id, id));
}
