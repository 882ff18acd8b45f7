import { and, eq, isNull, sql } from 'drizzle-orm';

import { prepared } from '../../replica/prepared';
import type { WriteScope } from '../../replica/replica';
import { invoices } from '../../replica/schema';
import { findInvoice, saveInvoice } from './invoice-repository';

const draftsOf = prepared((db) =>
  db
    .select({ uid: invoices.uid })
    .from(invoices)
    .where(and(eq(invoices.clientUid, sql.placeholder('clientUid')), isNull(invoices.finalisedAt)))
    .prepare(),
);

/**
 * Drafts are listed and found under the client's present name; issued documents keep the one they
 * were printed with. No change of the drafts themselves: nothing is recorded.
 */
export function renameClientOfDrafts(scope: WriteScope, clientUid: string, name: string): void {
  for (const { uid } of draftsOf(scope.db).all({ clientUid })) {
    const stored = findInvoice(scope, uid);
    if (stored !== null) saveInvoice(scope, stored, { ...stored, clientName: name });
  }
}
