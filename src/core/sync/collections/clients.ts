import { asc, isNull } from 'drizzle-orm';

import type { Client } from '../../../shared/domain/client';
import { clientRecordOf } from '../../../shared/sync/wire-records';
import { findClient, insertClient, saveClient } from '../../features/clients/client-repository';
import { nextUpdatedAt } from '../../features/documents/updated-at';
import { renameClientOfDrafts } from '../../features/invoices/rename-client';
import { clients } from '../../replica/schema';
import type { CollectionAdapter } from '../collection-adapter';

export const clientsAdapter: CollectionAdapter<'clients'> = {
  collection: 'clients',

  read(scope, uid) {
    const stored = findClient(scope, uid);
    if (stored === null) return null;
    return { record: clientRecordOf(stored.client), deleted: stored.client.deletedAt !== null };
  },

  store(scope, records) {
    for (const { record, deleted } of records) {
      const stored = findClient(scope, record.uid);
      const before = stored?.client ?? null;
      const client: Client = {
        ...record,
        deletedAt: deleted ? (before?.deletedAt ?? scope.now) : null,
        updatedAt: before === null ? scope.now : nextUpdatedAt(before.updatedAt, scope.now),
      };
      if (stored !== null) saveClient(scope, stored, client);
      else if (deleted) saveClient(scope, insertClient(scope, client), client);
      else insertClient(scope, client);
      if (before?.name !== client.name) renameClientOfDrafts(scope, client.uid, client.name);
    }
    scope.touch(['clients']);
    return [];
  },

  referencesOf: () => [],
  title: (scope, uid) => findClient(scope, uid)?.client.name ?? '',
  uids: (scope) =>
    scope.db
      .select({ uid: clients.uid })
      .from(clients)
      .where(isNull(clients.deletedAt))
      .orderBy(asc(clients.id))
      .all()
      .map(({ uid }) => uid),
};
