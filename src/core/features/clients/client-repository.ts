import { and, eq, isNull, ne, sql } from 'drizzle-orm';

import type { Client } from '../../../shared/domain/client';
import { client as clientSchema } from '../../../shared/domain/client';
import { fold } from '../../../shared/domain/fold';
import { addWords, indexWords, removeWords } from '../../listing/search-index';
import { searchWords } from '../../listing/search-words';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { clients } from '../../replica/schema';
import type { NewRow } from '../documents/prepared-rows';
import { preparedInsert, preparedUpdate } from '../documents/prepared-rows';

/** A client with its place in the file. */
export interface StoredClient {
  readonly id: number;
  readonly client: Client;
}

const byUid = prepared((db) =>
  db
    .select()
    .from(clients)
    .where(eq(clients.uid, sql.placeholder('uid')))
    .prepare(),
);

/** One client, deleted ones included; null when this replica has none of that uid. */
export function findClient(scope: ReadScope, uid: string): StoredClient | null {
  const row = byUid(scope.db).get({ uid });
  return row === undefined ? null : { id: row.id, client: clientSchema.parse(row) };
}

const insert = preparedInsert(clients);
const update = preparedUpdate(clients);

/**
 * Stores a new client with its search words, in the caller's transaction. Tells neither outbox nor
 * activity: the caller records what it did.
 */
export function insertClient(scope: WriteScope, client: Client): StoredClient {
  const id = insert(scope, toRow(client));
  addWords(scope, 'clients_search', id, clientWords(client));
  return { id, client };
}

/** Stores a changed client with its search words, in the caller's transaction. */
export function saveClient(scope: WriteScope, before: StoredClient, client: Client): StoredClient {
  const { id } = before;
  update(scope, id, toRow(client));
  if (client.deletedAt !== null) removeWords(scope, 'clients_search', id);
  else if (before.client.deletedAt !== null || clientWords(client) !== clientWords(before.client)) {
    indexWords(scope, 'clients_search', id, clientWords(client));
  }
  return { id, client };
}

function toRow(client: Client): NewRow<typeof clients> {
  return {
    ...client,
    sortName: fold(client.name),
    emailKey: emailKeyOf(client.email),
    vatKey: vatKeyOf(client.vatNumber),
  };
}

/** The form in which e-mail addresses are compared. */
export function emailKeyOf(email: string): string {
  return email.toLowerCase();
}

/** The form in which VAT numbers are compared: `GB 123 4567 89` is `GB123456789`. */
export function vatKeyOf(vatNumber: string): string {
  return vatNumber.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function clientWords(client: Client): string {
  const { line1, line2, postalCode, city, region } = client.address;
  const vatKey = vatKeyOf(client.vatNumber);
  return searchWords(
    client.name,
    client.contactName,
    client.email,
    client.phone,
    client.vatNumber,
    vatKey === client.vatNumber ? '' : vatKey,
    client.companyNumber,
    line1,
    line2,
    postalCode,
    city,
    region,
  );
}

const sameEmail = prepared((db) =>
  db
    .select({ name: clients.name })
    .from(clients)
    .where(
      and(
        eq(clients.emailKey, sql.placeholder('key')),
        // Literally as the index says it: SQLite takes a partial index for nothing less.
        sql`${clients.emailKey} <> ''`,
        ne(clients.uid, sql.placeholder('uid')),
        isNull(clients.deletedAt),
      ),
    )
    .limit(1)
    .prepare(),
);

const sameVatNumber = prepared((db) =>
  db
    .select({ name: clients.name })
    .from(clients)
    .where(
      and(
        eq(clients.vatKey, sql.placeholder('key')),
        sql`${clients.vatKey} <> ''`,
        ne(clients.uid, sql.placeholder('uid')),
        isNull(clients.deletedAt),
      ),
    )
    .limit(1)
    .prepare(),
);

/** The name of another client with the e-mail address; null when there is none. */
export function nameOfClientWithEmail(scope: ReadScope, client: Client): string | null {
  const key = emailKeyOf(client.email);
  if (key === '') return null;
  return sameEmail(scope.db).get({ key, uid: client.uid })?.name ?? null;
}

/** The name of another client with the VAT number, however it is spaced; null for none. */
export function nameOfClientWithVatNumber(scope: ReadScope, client: Client): string | null {
  const key = vatKeyOf(client.vatNumber);
  if (key === '') return null;
  return sameVatNumber(scope.db).get({ key, uid: client.uid })?.name ?? null;
}
