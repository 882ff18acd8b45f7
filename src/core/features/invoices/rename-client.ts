import { and, eq, isNull, sql } from 'drizzle-orm';

import { prepared } from '../../replica/prepared';
import type { WriteScope } from '../../replica/replica';
import { invoices, orders } from '../../replica/schema';
import { findOrder, saveOrder } from '../orders/order-repository';
import { findInvoice, saveInvoice } from './invoice-repository';

const draftsOf = prepared((db) =>
  db
    .select({ uid: invoices.uid })
    .from(invoices)
    .where(
      and(
        eq(invoices.clientUid, sql.placeholder('clientUid')),
        isNull(invoices.deletedAt),
        isNull(invoices.finalisedAt),
      ),
    )
    .prepare(),
);

const ordersOf = prepared((db) =>
  db
    .select({ uid: orders.uid })
    .from(orders)
    .where(and(eq(orders.clientUid, sql.placeholder('clientUid')), isNull(orders.deletedAt)))
    .prepare(),
);

/**
 * Drafts and orders are listed and found under the client's present name; issued documents keep
 * the one they were printed with. No change of the documents themselves: nothing is recorded.
 * Deleted ones get the name when they are restored.
 */
export function renameClientOfDrafts(scope: WriteScope, clientUid: string, name: string): void {
  for (const { uid } of draftsOf(scope.db).all({ clientUid })) {
    const stored = findInvoice(scope, uid);
    if (stored !== null) saveInvoice(scope, stored, { ...stored, clientName: name });
  }
  for (const { uid } of ordersOf(scope.db).all({ clientUid })) {
    const stored = findOrder(scope, uid);
    if (stored !== null) saveOrder(scope, stored, { ...stored, clientName: name });
  }
}
