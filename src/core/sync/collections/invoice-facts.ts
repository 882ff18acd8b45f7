import { eq, sql } from 'drizzle-orm';

import type { InvoiceRecord } from '../../../shared/contracts/sync/records';
import { invoiceUid } from '../../../shared/domain/ids';
import type { MinorUnits } from '../../../shared/domain/money';
import { minor } from '../../../shared/domain/money';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { duplicates, invoices } from '../../replica/schema';

/** One statement for any number of uids: they come as one JSON text. */
const IN_UIDS = sql`(SELECT value FROM json_each(${sql.placeholder('uids')}))`;

const selectKnown = prepared((db) =>
  db
    .select({ uid: invoices.uid })
    .from(invoices)
    .where(sql`${invoices.uid} IN ${IN_UIDS}`)
    .prepare(),
);

/** Which of the documents this replica has, deleted drafts included. */
export function knownInvoices(scope: ReadScope, uids: readonly string[]): ReadonlySet<string> {
  const rows = selectKnown(scope.db).all({ uids: JSON.stringify(uids) });
  return new Set(rows.map(({ uid }) => uid));
}

const sumCredits = prepared((db) =>
  db
    .select({ uid: invoices.correctsUid, total: sql<number>`sum(${invoices.total})` })
    .from(invoices)
    .where(
      // Literally as the index says it: SQLite takes a partial index for nothing less.
      sql`${invoices.correctsUid} IS NOT NULL AND ${invoices.correctsUid} IN ${IN_UIDS} AND ${invoices.finalisedAt} IS NOT NULL`,
    )
    .groupBy(invoices.correctsUid)
    .prepare(),
);

/** What finalised credit notes come to, by the invoice that they correct; none where there are none. */
export function creditsOf(
  scope: ReadScope,
  uids: readonly string[],
): ReadonlyMap<string, MinorUnits> {
  const rows = sumCredits(scope.db).all({ uids: JSON.stringify(uids) });
  return new Map(rows.map(({ uid, total }) => [uid ?? '', minor(total)]));
}

const findDuplicate = prepared((db) =>
  db
    .select({ duplicateOf: duplicates.duplicateOf })
    .from(duplicates)
    .where(eq(duplicates.uid, sql.placeholder('uid')))
    .prepare(),
);

/** The document that was finalised first from the same draft; null for nearly all. */
export function duplicateOf(scope: ReadScope, uid: string): InvoiceRecord['duplicateOf'] {
  const found = findDuplicate(scope.db).get({ uid });
  return found === undefined ? null : invoiceUid.parse(found.duplicateOf);
}

export function noteDuplicate(scope: WriteScope, uid: string, of: string): void {
  scope.db.insert(duplicates).values({ uid, duplicateOf: of }).onConflictDoNothing().run();
}
