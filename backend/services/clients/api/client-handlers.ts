import { isDeepStrictEqual } from 'node:util';

import type { clientRoutes } from '../../../../src/shared/contracts/rest-v1/clients';
import type { ClientRecord } from '../../../../src/shared/contracts/sync/records';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { isDuplicate } from '../../../kit/database/database-errors';
import type { Handlers } from '../../../kit/http/handlers';
import { isRefusal, transactOnce } from '../../../kit/http/idempotency';
import { DEFAULT_LIMIT, pageOf } from '../../../kit/http/paging';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound, refuse } from '../../../kit/http/refusal';
import { publishRecords } from '../../../kit/sync/publish-records';
import { lockRecords } from '../../../kit/sync/sync-records';
import type { ClientDocuments } from '../adapters/client-documents';
import type { HomeCountry } from '../adapters/home-country';
import type { StoredClient } from '../db/client-repository';
import {
  findClient,
  insertClient,
  listClients,
  lockClient,
  saveClient,
} from '../db/client-repository';
import { changedClient, emailKeyOf, newClient } from '../domain/client';
import { wireOf } from '../domain/wire-client';
import { stateOf, viewOf } from './client-view';

/** Documents name their client for good (DOMAIN 16). */
const HAS_DOCUMENTS = refuse(409, 'client_has_documents', {
  detail: 'Orders or invoices name this client. Archive it instead: PUT with "archived": true.',
});

export function createClientHandlers(
  db: Database,
  homeCountry: Pick<HomeCountry, 'of'>,
  documents: ClientDocuments,
): Handlers<typeof clientRoutes> {
  return {
    async listClients({ member, query }) {
      const limit = query.limit ?? DEFAULT_LIMIT;
      const found = await listClients(db, member.tenant, {
        after: query.cursor ?? 0,
        limit: limit + 1,
        search: query.search ?? '',
        email: query.email,
        isArchived: query.archived === undefined ? undefined : query.archived === 'true',
      });
      const { rows, nextCursor } = pageOf(found, limit);
      return { status: 200, body: rows.map(viewOf), nextCursor };
    },

    async getClient({ member, params }) {
      const client = await findClient(db, member.tenant, params.clientId);
      if (client === null || client.deletedAt !== null) return notFound('client');
      return { status: 200, body: viewOf(client), revision: client.revision };
    },

    createClient: ({ member, body, idempotency }) =>
      transactOnce(db, member.tenant, idempotency, async (transaction) => {
        const created = await unlessTaken(
          insertClient(transaction, member.tenant, newClient(body), new Date()),
        );
        if (isRefusal(created)) return created;
        const record = wireOf(created, null, await homeCountry.of(transaction, member.tenant));
        await publish(transaction, created, record, 'ClientCreated');
        return { status: 201 as const, body: viewOf(created), revision: created.revision };
      }),

    updateClient: ({ member, params, body, ifMatch }) =>
      change(member.tenant, params.clientId, ifMatch, async (transaction, stored) => {
        const now = new Date();
        const client = changedClient(stored, body, now);
        if (isDeepStrictEqual(client, stored)) return answerWith(stored);
        const changed: StoredClient = {
          ...client,
          // An address that stays as it was keeps its place, also one that was never unique.
          emailKey: client.email === stored.email ? stored.emailKey : emailKeyOf(client.email),
          revision: stored.revision + 1,
          updatedAt: now,
        };
        const refusal = await unlessTaken(saveClient(transaction, changed));
        if (isRefusal(refusal)) return refusal;
        await publish(
          transaction,
          changed,
          await wireAfter(transaction, stored, changed),
          'ClientUpdated',
        );
        return answerWith(changed);
      }),

    deleteClient: ({ member, params, ifMatch }) =>
      change(member.tenant, params.clientId, ifMatch, async (transaction, stored) => {
        if (await documents.exist(member.tenant, stored)) return HAS_DOCUMENTS;
        const now = new Date();
        const deleted: StoredClient = {
          ...stored,
          emailKey: null,
          deletedAt: now,
          updatedAt: now,
          revision: stored.revision + 1,
        };
        await saveClient(transaction, deleted);
        await publish(
          transaction,
          deleted,
          await wireAfter(transaction, stored, deleted),
          'ClientDeleted',
        );
        return { status: 204 as const, body: undefined };
      }),
  };

  /** The wire record after a change, with what only devices know of the client. */
  async function wireAfter(
    transaction: Transaction,
    before: StoredClient,
    after: StoredClient,
  ): Promise<ClientRecord> {
    const tenant = after.tenant as BusinessUid;
    const kept = (await lockRecords(transaction, tenant, 'clients', [after.uid])).get(after.uid);
    const known = kept === undefined ? null : { record: kept.record, address: before.address };
    return wireOf(after, known, await homeCountry.of(transaction, tenant));
  }

  /** Changes a client under its row's lock, if the caller has seen its newest state. */
  function change<T>(
    tenant: BusinessUid,
    id: number,
    ifMatch: number | null,
    work: (transaction: Transaction, stored: StoredClient) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    return transactOnce(db, tenant, null, async (transaction) => {
      const stored = await lockClient(transaction, tenant, id);
      if (stored === null || stored.deletedAt !== null) return notFound('client');
      if (ifMatch !== null && ifMatch !== stored.revision) return conflict('stale_revision');
      return work(transaction, stored);
    });
  }
}

/** Tells devices and other services what a client is now. */
async function publish(
  transaction: Transaction,
  client: StoredClient,
  record: ClientRecord,
  name: 'ClientCreated' | 'ClientUpdated' | 'ClientDeleted',
): Promise<void> {
  const deleted = client.deletedAt !== null;
  await publishRecords(
    transaction,
    client.tenant as BusinessUid,
    'clients',
    [{ uid: client.uid, record, deleted }],
    [{ name, data: stateOf(client) }],
  );
}

function answerWith(client: StoredClient) {
  return { status: 200 as const, body: viewOf(client), revision: client.revision };
}

/** The e-mail address is the one thing that two clients of a business cannot share. */
async function unlessTaken<T>(saving: Promise<T>): Promise<T | Refusal> {
  try {
    return await saving;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return conflict('email_taken', [{ field: 'email', code: 'email_taken' }]);
  }
}
