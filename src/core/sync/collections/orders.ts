import { asc, isNull } from 'drizzle-orm';

import type { Order } from '../../../shared/domain/order';
import { orderContent } from '../../../shared/domain/order';
import { computeTotals } from '../../../shared/domain/totals';
import { pick } from '../../../shared/sync/pick';
import { orderRecordOf } from '../../../shared/sync/wire-records';
import { readClient } from '../../features/documents/parties';
import { nextUpdatedAt } from '../../features/documents/updated-at';
import { findOrder, insertOrder, saveOrder } from '../../features/orders/order-repository';
import { orders } from '../../replica/schema';
import type { CollectionAdapter, RecordReference } from '../collection-adapter';

export const ordersAdapter: CollectionAdapter<'orders'> = {
  collection: 'orders',

  read(scope, uid) {
    const stored = findOrder(scope, uid);
    if (stored === null) return null;
    return { record: orderRecordOf(stored.order), deleted: stored.order.deletedAt !== null };
  },

  store(scope, records) {
    for (const { record, deleted } of records) {
      const stored = findOrder(scope, record.uid);
      const before = stored?.order ?? null;
      const content = pick(orderContent, record);
      const order: Order = {
        uid: record.uid,
        number: record.number,
        status: record.status,
        content,
        totals: computeTotals(content),
        deletedAt: deleted ? (before?.deletedAt ?? scope.now) : null,
        createdAt: record.createdAt,
        updatedAt: before === null ? scope.now : nextUpdatedAt(before.updatedAt, scope.now),
      };
      const clientName = readClient(scope, content.clientUid)?.name ?? stored?.clientName ?? '';
      const next = { order, clientName };
      if (stored !== null) saveOrder(scope, stored, next);
      else {
        // What was deleted before it came is kept, and found by nobody.
        const inserted = insertOrder(scope, { ...next, order: { ...order, deletedAt: null } });
        if (deleted) saveOrder(scope, inserted, next);
      }
    }
    scope.touch(['orders']);
    return [];
  },

  referencesOf({ clientUid, lines }) {
    const references: RecordReference[] = [];
    if (clientUid !== null) references.push({ collection: 'clients', uid: clientUid });
    for (const { productUid } of lines) {
      if (productUid !== null) references.push({ collection: 'products', uid: productUid });
    }
    return references;
  },
  title(scope, uid) {
    const stored = findOrder(scope, uid);
    return stored === null ? '' : titleOf(stored.order.number, stored.clientName);
  },
  uids: (scope) =>
    scope.db
      .select({ uid: orders.uid })
      .from(orders)
      .where(isNull(orders.deletedAt))
      .orderBy(asc(orders.id))
      .all()
      .map(({ uid }) => uid),
};

/** "INV-2026-0001 · Acme Ltd". */
export function titleOf(number: string | null, clientName: string): string {
  return [number ?? '', clientName].filter((part) => part !== '').join(' · ');
}
