import type { SyncedCollection } from '../../../kit/sync/synced-collection';
import type { StoredProduct } from '../db/product-repository';
import { heldCodeKeys, lockProductsByUid, storeProducts } from '../db/product-repository';
import { codeKeyOf } from '../domain/product';
import { productOfWire } from '../domain/wire-product';

/** Products of REST that a batch is about, locked. */
type Prepared = ReadonlyMap<string, StoredProduct>;

/** Products as devices change them. */
export const productsCollection: SyncedCollection<'products', Prepared> = {
  name: 'products',

  prepare: (transaction, tenant, mutations) =>
    lockProductsByUid(transaction, tenant, [...new Set(mutations.map(({ uid }) => uid))]),

  async apply(transaction, tenant, changes, prepared, { now }) {
    const keys = changes.flatMap(({ after }) => codeKeyOf(after.code) ?? []);
    const holders = new Map(await heldCodeKeys(transaction, tenant, keys));
    const told = changes.map(({ uid, after, isDeleted }) => {
      const stored = prepared.get(uid) ?? null;
      const key = isDeleted ? null : codeKeyOf(after.code);
      const holdsCode = key !== null && (holders.get(key) ?? uid) === uid;
      if (holdsCode) holders.set(key, uid);
      return {
        ...productOfWire(after, stored, now),
        id: stored?.id ?? null,
        revision: (stored?.revision ?? 0) + 1,
        deletedAt: isDeleted ? (stored?.deletedAt ?? now) : null,
        createdAt: stored?.createdAt ?? now,
        updatedAt: now,
        holdsCode,
      };
    });
    await storeProducts(transaction, tenant, told);
  },
};
