import { asc, isNull } from 'drizzle-orm';

import type { Product } from '../../../shared/domain/product';
import { productRecordOf } from '../../../shared/sync/wire-records';
import { nextUpdatedAt } from '../../features/documents/updated-at';
import {
  findProduct,
  insertProduct,
  saveProduct,
} from '../../features/products/product-repository';
import { products } from '../../replica/schema';
import type { CollectionAdapter } from '../collection-adapter';

export const productsAdapter: CollectionAdapter<'products'> = {
  collection: 'products',

  read(scope, uid) {
    const stored = findProduct(scope, uid);
    if (stored === null) return null;
    return { record: productRecordOf(stored.product), deleted: stored.product.deletedAt !== null };
  },

  store(scope, records) {
    for (const { record, deleted } of records) {
      const stored = findProduct(scope, record.uid);
      const before = stored?.product ?? null;
      const product: Product = {
        ...record,
        deletedAt: deleted ? (before?.deletedAt ?? scope.now) : null,
        updatedAt: before === null ? scope.now : nextUpdatedAt(before.updatedAt, scope.now),
      };
      if (stored !== null) saveProduct(scope, stored, product);
      else if (deleted) saveProduct(scope, insertProduct(scope, product), product);
      else insertProduct(scope, product);
    }
    scope.touch(['products']);
    return [];
  },

  referencesOf: () => [],
  title: (scope, uid) => findProduct(scope, uid)?.product.name ?? '',
  uids: (scope) =>
    scope.db
      .select({ uid: products.uid })
      .from(products)
      .where(isNull(products.deletedAt))
      .orderBy(asc(products.id))
      .all()
      .map(({ uid }) => uid),
};
