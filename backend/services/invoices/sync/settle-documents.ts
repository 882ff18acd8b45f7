import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';

import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { MinorUnits } from '../../../../src/shared/domain/money';
import { minor } from '../../../../src/shared/domain/money';
import type { Transaction } from '../../../kit/database/database';
import type { ApplyContext } from '../../../kit/sync/synced-collection';
import { overwriteInvoices } from '../db/bulk';
import { findItems } from '../db/invoice-repository';
import type { InvoiceRow } from '../db/rows';
import { frozenDocuments, invoiceItems, invoices, payments } from '../db/schema';
import { addEntries } from '../db/timeline-repository';
import type { InvoiceChangeKind } from '../use-cases/tell-invoice';
import { stateOf, tellInvoice } from '../use-cases/tell-invoice';
import { beginQueued, lockSendsOf } from '../use-cases/waiting-sends';
import type { ChangedDocument, PreparedInvoices, StoredDocument } from './changed-documents';
import { passingOn } from './passing-on';

/**
 * What follows from documents for others: credit that they give, payments, credit notes and sends
 * that came before them (R20), and what other services are told.
 */
export async function settleDocuments(
  transaction: Transaction,
  tenant: BusinessUid,
  stored: readonly StoredDocument[],
  prepared: PreparedInvoices,
  context: ApplyContext,
): Promise<void> {
  await passingOn(transaction, context, 'invoices', async () => {
    const isNew = ({ row }: StoredDocument) => !prepared.rows.has(row.uid);
    const arrived = stored.filter(isNew).map(({ row }) => row);
    const current = new Map(stored.map(({ row }) => [row.uid, row]));
    for (const document of stored) tellDocument(context, document, prepared);
    for (const row of await withLatePayments(transaction, tenant, arrived)) {
      current.set(row.uid, row);
    }
    await nameLateNotes(transaction, tenant, arrived, prepared);
    for (const row of await withCredits(transaction, tenant, stored, current, prepared)) {
      current.set(row.uid, row);
    }
    await beginWaitingSends(transaction, tenant, [...current.values()], prepared);
  });
}

/** History from elsewhere is nothing that anybody has to act on. */
function tellDocument(
  context: ApplyContext,
  { change, row, orderLines }: StoredDocument,
  { today }: PreparedInvoices,
): void {
  if (row.isImported) return;
  const isTaking = row.orderUid !== null && row.finalisedAt !== null;
  const items = change.after.lines.map(({ quantity }, index) => ({
    orderItemId: orderLines[index]?.id ?? null,
    orderLineUid: orderLines[index]?.uid ?? null,
    quantity,
  }));
  const kind = changeKindOf(change);
  const name = change.before === null ? 'InvoiceCreated' : 'InvoiceUpdated';
  context.record(name, stateOf(row, isTaking ? items : [], kind, today));
}

function changeKindOf({ before, after, isDeleted }: ChangedDocument['change']): InvoiceChangeKind {
  if (before === null) return 'created';
  if (isDeleted) return 'deleted';
  return before.finalisedAt === null && after.finalisedAt !== null ? 'finalised' : 'edited';
}

/** Documents with the payments that came before them. */
async function withLatePayments(
  transaction: Transaction,
  tenant: BusinessUid,
  arrived: readonly InvoiceRow[],
): Promise<readonly InvoiceRow[]> {
  if (arrived.length === 0) return [];
  const uids = arrived.map(({ uid }) => uid);
  const isLate = and(eq(payments.tenant, tenant), inArray(payments.invoiceUid, uids));
  const sums = await transaction
    .select({ uid: payments.invoiceUid, paid: sql<string>`sum(${payments.amount})` })
    .from(payments)
    .where(isLate)
    .groupBy(payments.invoiceUid);
  const paid = new Map(sums.map((sum) => [sum.uid, minor(Number(sum.paid))]));
  const rows = arrived.flatMap((row) => {
    const sum = paid.get(row.uid);
    return sum === undefined ? [] : [{ ...row, paid: sum }];
  });
  for (const { id, uid } of rows) {
    await transaction
      .update(payments)
      .set({ invoiceId: id })
      .where(and(eq(payments.tenant, tenant), eq(payments.invoiceUid, uid)));
  }
  await overwriteInvoices(transaction, rows);
  return rows;
}

/** Credit notes that came before what they correct: named, and told with what they give back. */
async function nameLateNotes(
  transaction: Transaction,
  tenant: BusinessUid,
  arrived: readonly InvoiceRow[],
  { today }: PreparedInvoices,
): Promise<void> {
  if (arrived.length === 0) return;
  const uids = arrived.map(({ uid }) => uid);
  const notes = await transaction
    .select()
    .from(invoices)
    .where(
      and(
        eq(invoices.tenant, tenant),
        inArray(invoices.correctsUid, uids),
        isNull(invoices.correctsId),
      ),
    )
    .for('update');
  for (const note of notes) {
    const corrected = arrived.find(({ uid }) => uid === note.correctsUid);
    if (corrected === undefined) continue;
    const named = { ...note, correctsId: corrected.id, revision: note.revision + 1 };
    await overwriteInvoices(transaction, [named]);
    const credited = await findItems(transaction, tenant, [corrected.id]);
    for (const item of await findItems(transaction, tenant, [note.id])) {
      const source = credited.find(({ lineUid }) => lineUid === item.sourceLineUid);
      if (source === undefined) continue;
      const { orderItemId, orderLineUid } = source;
      await transaction
        .update(invoiceItems)
        .set({ orderItemId, orderLineUid })
        .where(eq(invoiceItems.id, item.id));
    }
    await tellInvoice(transaction, 'InvoiceUpdated', named, 'edited', today);
  }
}

/** Documents whose credit notes come to another sum now. */
async function withCredits(
  transaction: Transaction,
  tenant: BusinessUid,
  stored: readonly StoredDocument[],
  current: ReadonlyMap<InvoiceUid, InvoiceRow>,
  { rows, now, today }: PreparedInvoices,
): Promise<readonly InvoiceRow[]> {
  const issued = stored.filter(
    ({ row, change }) =>
      row.correctsUid !== null && row.finalisedAt !== null && !change.before?.finalisedAt,
  );
  const arrived = stored.filter(({ row }) => !rows.has(row.uid)).map(({ row }) => row.uid);
  const targets = [...new Set([...arrived, ...issued.flatMap(({ row }) => row.correctsUid ?? [])])];
  const sums = await creditsOf(transaction, tenant, targets);
  const changed = targets.flatMap((uid) => {
    const row = current.get(uid) ?? rows.get(uid);
    const credited = sums.get(uid);
    return row === undefined || credited === undefined || credited === row.credited
      ? []
      : [{ ...row, credited, revision: row.revision + 1, updatedAt: now }];
  });
  await overwriteInvoices(transaction, changed);
  await addEntries(
    transaction,
    tenant,
    issued.flatMap(({ row: note }) => {
      const corrected = changed.find(({ uid }) => uid === note.correctsUid);
      if (corrected === undefined) return [];
      return [
        {
          invoiceId: corrected.id,
          key: `credit_note:${note.id}`,
          step: 'credit_note' as const,
          state: 'done' as const,
          at: now,
          details: { credit_note_id: String(note.id), invoice_number: note.number ?? '' },
        },
      ];
    }),
  );
  for (const row of changed) {
    await tellInvoice(transaction, 'InvoiceUpdated', row, 'credited', today);
  }
  return changed;
}

async function creditsOf(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly InvoiceUid[],
): Promise<ReadonlyMap<InvoiceUid, MinorUnits>> {
  if (uids.length === 0) return new Map();
  const rows = await transaction
    .select({ uid: invoices.correctsUid, credited: sql<string>`sum(${invoices.total})` })
    .from(invoices)
    .where(
      and(
        eq(invoices.tenant, tenant),
        inArray(invoices.correctsUid, [...uids]),
        isNotNull(invoices.finalisedAt),
        isNull(invoices.deletedAt),
      ),
    )
    .groupBy(invoices.correctsUid);
  return new Map(
    rows.flatMap(({ uid, credited }) =>
      uid === null ? [] : [[uid, minor(Number(credited))] as const],
    ),
  );
}

/** Sends that were asked for before their document was here, or was finalised (R20). */
async function beginWaitingSends(
  transaction: Transaction,
  tenant: BusinessUid,
  rows: readonly InvoiceRow[],
  { now, today }: PreparedInvoices,
): Promise<void> {
  const finalised = rows.filter((row) => row.finalisedAt !== null && row.deletedAt === null);
  const uids = finalised.map(({ uid }) => uid);
  const waiting = await lockSendsOf(transaction, tenant, uids, 'queued');
  if (waiting.length === 0) return;
  const printed = await havingPaper(
    transaction,
    tenant,
    waiting.map(({ invoiceUid }) => invoiceUid),
  );
  const current = new Map(finalised.map((row) => [row.uid, row]));
  for (const send of waiting) {
    const row = current.get(send.invoiceUid);
    if (row === undefined || !printed.has(row.uid)) continue;
    current.set(row.uid, await beginQueued(transaction, row, send, today, now));
  }
}

/** Which of some documents have their paper here. */
export async function havingPaper(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly InvoiceUid[],
): Promise<ReadonlySet<InvoiceUid>> {
  if (uids.length === 0) return new Set();
  const rows = await transaction
    .select({ uid: frozenDocuments.invoiceUid })
    .from(frozenDocuments)
    .where(
      and(
        eq(frozenDocuments.tenant, tenant),
        inArray(frozenDocuments.invoiceUid, [...new Set(uids)]),
      ),
    );
  return new Set(rows.map(({ uid }) => uid));
}
