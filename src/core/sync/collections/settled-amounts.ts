import { eq, sql } from 'drizzle-orm';

import type { Instant } from '../../../shared/domain/calendar-date';
import type { InvoiceKind } from '../../../shared/domain/invoice';
import { balanceOf, settlementOf } from '../../../shared/domain/invoice-status';
import type { Settlement } from '../../../shared/domain/invoice-status';
import type { MinorUnits } from '../../../shared/domain/money';
import { minor, ZERO } from '../../../shared/domain/money';
import type { SummedDocument } from '../../features/documents/sums';
import { SumChanges } from '../../features/documents/sums';
import { nextUpdatedAt } from '../../features/documents/updated-at';
import { prepared } from '../../replica/prepared';
import type { WriteScope } from '../../replica/replica';
import { invoices, payments } from '../../replica/schema';

/** Facts of an issued document that no paper shows: what was paid on it and credited. */
interface Amounts {
  readonly paid?: MinorUnits;
  readonly credited?: MinorUnits;
}

const rowsOf = prepared((db) =>
  db
    .select({
      id: invoices.id,
      uid: invoices.uid,
      kind: invoices.kind,
      settlement: invoices.settlement,
      deletedAt: invoices.deletedAt,
      clientUid: invoices.clientUid,
      currency: invoices.currency,
      issueDate: invoices.issueDate,
      dueDate: invoices.dueDate,
      finalisedAt: invoices.finalisedAt,
      net: invoices.net,
      total: invoices.total,
      paid: invoices.paid,
      credited: invoices.credited,
      balance: invoices.balance,
      updatedAt: invoices.updatedAt,
    })
    .from(invoices)
    .where(sql`${invoices.uid} IN (SELECT value FROM json_each(${sql.placeholder('uids')}))`)
    .prepare(),
);
type Row = ReturnType<ReturnType<typeof rowsOf>['all']>[number];

const update = prepared((db) =>
  db
    .update(invoices)
    .set({
      paid: sql`${sql.placeholder('paid')}`,
      credited: sql`${sql.placeholder('credited')}`,
      balance: sql`${sql.placeholder('balance')}`,
      settlement: sql`${sql.placeholder('settlement')}`,
      updatedAt: sql`${sql.placeholder('updatedAt')}`,
    })
    .where(eq(invoices.id, sql.placeholder('id')))
    .prepare(),
);

/**
 * Brings paid and credited amounts of documents, and all that follows from them, in line with the
 * records that came: many at once, without their lines. Documents that are not here are left out.
 */
export function settleAmounts(scope: WriteScope, amounts: ReadonlyMap<string, Amounts>): void {
  if (amounts.size === 0) return;
  const sums = new SumChanges();
  for (const row of rowsOf(scope.db).all({ uids: JSON.stringify([...amounts.keys()]) })) {
    const paid = amounts.get(row.uid)?.paid ?? minor(row.paid);
    const credited = amounts.get(row.uid)?.credited ?? minor(row.credited);
    if (paid === row.paid && credited === row.credited) continue;
    const after = settled(row, paid, credited, scope.now);
    update(scope.db).run({ id: row.id, ...after });
    sums.document(summed(row), summed({ ...row, ...after }));
  }
  sums.apply(scope);
}

function settled(row: Row, paid: MinorUnits, credited: MinorUnits, now: Instant) {
  const kind = row.kind as InvoiceKind;
  const total = minor(row.total);
  const isOwed = row.finalisedAt !== null && kind === 'invoice';
  return {
    paid,
    credited,
    balance: isOwed ? balanceOf(total, paid, credited) : ZERO,
    settlement: settlementOf({ kind, finalisedAt: row.finalisedAt, total, paid, credited }),
    updatedAt: nextUpdatedAt(row.updatedAt, now),
  };
}

function summed(row: Row): SummedDocument {
  return {
    kind: row.kind as InvoiceKind,
    settlement: row.settlement as Settlement,
    isDeleted: row.deletedAt !== null,
    clientUid: row.clientUid,
    currency: row.currency,
    issueDate: row.issueDate,
    dueDate: row.dueDate,
    net: row.net,
    total: row.total,
    balance: row.balance,
  };
}

const sumPaid = prepared((db) =>
  db
    .select({ uid: payments.invoiceUid, paid: sql<number>`sum(${payments.amount})` })
    .from(payments)
    .where(sql`${payments.invoiceUid} IN (SELECT value FROM json_each(${sql.placeholder('uids')}))`)
    .groupBy(payments.invoiceUid)
    .prepare(),
);

/** What an invoice counts as paid follows from its payments, whoever recorded them. */
export function recountPaid(scope: WriteScope, uids: readonly string[]): void {
  const rows = sumPaid(scope.db).all({ uids: JSON.stringify(uids) });
  const sums = new Map(rows.map(({ uid, paid }) => [uid, minor(paid)]));
  settleAmounts(scope, new Map(uids.map((uid) => [uid, { paid: sums.get(uid) ?? ZERO }])));
}
