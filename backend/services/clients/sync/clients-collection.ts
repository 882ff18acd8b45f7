import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { isSameValue } from '../../../../src/shared/sync/field-paths';
import type { Transaction } from '../../../kit/database/database';
import type { SyncedChange, SyncedCollection } from '../../../kit/sync/synced-collection';
import { stateOf } from '../api/client-view';
import type { StoredClient } from '../db/client-repository';
import {
  heldEmailKeys,
  insertClients,
  lockClientsByUid,
  saveClients,
} from '../db/client-repository';
import { emailKeyOf } from '../domain/client';
import { clientOf } from '../domain/wire-client';

/** Clients of REST that a batch is about, locked. */
type Prepared = ReadonlyMap<string, StoredClient>;

type Change = SyncedChange<'clients'>;

/** Clients as devices change them. */
export const clientsCollection: SyncedCollection<'clients', Prepared> = {
  name: 'clients',

  prepare: (transaction, tenant, mutations) =>
    lockClientsByUid(transaction, tenant, [...new Set(mutations.map(({ uid }) => uid))]),

  async apply(transaction, tenant, changes, prepared, { now, record }) {
    const keys = await emailKeysFor(transaction, tenant, changes, prepared);
    const [added, changed] = [[], []] as [Change[], Change[]];
    for (const change of changes) (prepared.has(change.uid) ? changed : added).push(change);

    const created = await insertClients(
      transaction,
      tenant,
      added.map((change) => ({
        ...clientOf(change.after, null, false, now),
        emailKey: keys.get(change.uid) ?? null,
        deletedAt: change.isDeleted ? now : null,
      })),
      now,
    );
    for (const client of created) {
      record(client.deletedAt === null ? 'ClientCreated' : 'ClientDeleted', stateOf(client));
    }

    const saved = changed.map((change) => withChange(change, prepared, keys, now));
    await saveClients(transaction, saved);
    for (const client of saved) {
      record(client.deletedAt === null ? 'ClientUpdated' : 'ClientDeleted', stateOf(client));
    }
  },
};

function withChange(
  { uid, before, after, isDeleted }: Change,
  prepared: Prepared,
  keys: ReadonlyMap<string, string | null>,
  now: Date,
): StoredClient {
  const stored = prepared.get(uid);
  if (stored === undefined) throw new Error(`the client ${uid} was not locked`);
  const known = before === null ? null : { client: stored, record: before };
  const isSameAddress = before !== null && isSameValue(before.address, after.address);
  return {
    ...stored,
    ...clientOf(after, known, isSameAddress, now),
    emailKey: keys.get(uid) ?? null,
    deletedAt: isDeleted ? (stored.deletedAt ?? now) : null,
    revision: stored.revision + 1,
    updatedAt: now,
  };
}

/**
 * Who holds which e-mail address from now on: whoever held it before, then the first who asks. Sync
 * refuses nobody for one, so the others are without a key.
 */
async function emailKeysFor(
  transaction: Transaction,
  tenant: BusinessUid,
  changes: readonly Change[],
  prepared: Prepared,
): Promise<ReadonlyMap<string, string | null>> {
  const wanted = changes.map(({ uid, after, isDeleted }) => ({
    uid,
    key: isDeleted || after.email === '' ? null : emailKeyOf(after.email),
  }));
  const asked = wanted.flatMap(({ uid, key }) =>
    key === null || prepared.get(uid)?.emailKey === key ? [] : [key],
  );
  const held = new Set(await heldEmailKeys(transaction, tenant, asked));
  return new Map(
    wanted.map(({ uid, key }) => {
      if (key === null || prepared.get(uid)?.emailKey === key) return [uid, key];
      if (held.has(key)) return [uid, null];
      held.add(key);
      return [uid, key];
    }),
  );
}
