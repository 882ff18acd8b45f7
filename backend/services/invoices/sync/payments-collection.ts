import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';

import type { PaymentRecord } from '../../../../src/shared/contracts/sync/records';
import { paymentRecord } from '../../../../src/shared/contracts/sync/records';
import type { SentMutation } from '../../../../src/shared/contracts/sync/protocol';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import { minor } from '../../../../src/shared/domain/money';
import type { Transaction } from '../../../kit/database/database';
import { insertRows } from '../../../kit/database/insert-rows';
import type {
  ApplyContext,
  Attempt,
  Decision,
  SyncedChange,
  SyncedCollection,
} from '../../../kit/sync/synced-collection';
import { lockInvoicesByUid, overwriteInvoices } from '../db/bulk';
import type { InvoiceRow, PaymentRow } from '../db/rows';
import { payments } from '../db/schema';
import { addEntries } from '../db/timeline-repository';
import { isSettled, openBalance } from '../domain/rest-status';
import { paymentDetails } from '../use-cases/payments';
import { tellInvoice } from '../use-cases/tell-invoice';
import { passingOn } from './passing-on';
import { dayOf } from './today';

export const OVERPAID = 'overpaid';
export const REVERSED_TWICE = 'reversed_twice';

interface PreparedPayments {
  readonly now: Date;
  readonly today: CalendarDate;
  /** The invoices of the batch, locked; a payment may come before its own (R20). */
  readonly invoices: ReadonlyMap<InvoiceUid, InvoiceRow>;
  /** What is left to be paid of each, as the batch is merged. */
  readonly balances: Map<InvoiceUid, number>;
  /** What was taken back already, as the batch is merged. */
  readonly reversed: Set<string>;
}

/** Payments of devices: records that nothing changes (DOMAIN 4), kept whatever they come to. */
export function createPaymentsCollection(
  clock: () => Date,
): SyncedCollection<'payments', PreparedPayments> {
  return {
    name: 'payments',
    async prepare(transaction, tenant, mutations) {
      const records = recordsOf(mutations);
      const now = clock();
      const uids = records.map((record) => record.invoiceUid);
      const invoices = await lockInvoicesByUid(transaction, tenant, uids);
      return {
        now,
        today: await dayOf(transaction, tenant, now),
        invoices,
        balances: new Map([...invoices].map(([uid, row]) => [uid, openBalance(row)])),
        reversed: await reversedOf(transaction, tenant, records),
      };
    },
    decide: decidePayment,
    apply: applyPayments,
  };
}

function recordsOf(mutations: readonly SentMutation[]): readonly PaymentRecord[] {
  return mutations.flatMap(({ body }) => {
    const parsed = body.kind === 'create' ? paymentRecord.safeParse(body.record) : null;
    return parsed?.success === true ? [parsed.data] : [];
  });
}

async function reversedOf(
  transaction: Transaction,
  tenant: BusinessUid,
  records: readonly PaymentRecord[],
): Promise<Set<string>> {
  const wanted = records.flatMap(({ reverses }) => reverses ?? []);
  if (wanted.length === 0) return new Set();
  const uids = records.map(({ invoiceUid }) => invoiceUid);
  const rows = await transaction
    .select({ uid: payments.reversesUid })
    .from(payments)
    .where(
      and(
        eq(payments.tenant, tenant),
        inArray(payments.invoiceUid, [...new Set(uids)]),
        isNotNull(payments.reversesUid),
      ),
    );
  return new Set(rows.flatMap(({ uid }) => uid ?? []));
}

/** Two people who each record a payment offline are both right: what is too much is told. */
function decidePayment(
  { before, after, isDeleted }: Attempt<'payments'>,
  { balances, reversed }: PreparedPayments,
): Decision<'payments'> {
  if (before !== null || isDeleted) return { kind: 'reject', code: 'append_only', field: '' };
  if (after.amount === 0) return { kind: 'reject', code: 'required', field: 'amount' };
  const notices: string[] = [];
  const balance = balances.get(after.invoiceUid);
  if (balance !== undefined) {
    if (after.amount > 0 && after.amount > balance) notices.push(OVERPAID);
    balances.set(after.invoiceUid, balance - after.amount);
  }
  if (after.reverses !== null) {
    if (reversed.has(after.reverses)) notices.push(REVERSED_TWICE);
    reversed.add(after.reverses);
  }
  return { kind: 'accept', notices };
}

async function applyPayments(
  transaction: Transaction,
  tenant: BusinessUid,
  changes: readonly SyncedChange<'payments'>[],
  prepared: PreparedPayments,
  context: ApplyContext,
): Promise<void> {
  const records = changes.map(({ after }) => after);
  const rows = records.map((record) => rowOf(tenant, record, prepared));
  await insertRows(transaction, payments, rows);
  await passingOn(transaction, context, 'payments', () =>
    countPayments(transaction, tenant, rows, prepared),
  );
}

function rowOf(
  tenant: BusinessUid,
  record: PaymentRecord,
  { invoices }: PreparedPayments,
): Omit<PaymentRow, 'id'> {
  return {
    tenant,
    uid: record.uid,
    invoiceId: invoices.get(record.invoiceUid)?.id ?? null,
    invoiceUid: record.invoiceUid,
    date: record.date,
    amount: record.amount,
    method: record.method,
    reference: record.reference,
    reversesUid: record.reverses,
    createdAt: new Date(record.createdAt),
  };
}

/** Counts payments on their invoices, shows them on the timelines, and tells of them. */
async function countPayments(
  transaction: Transaction,
  tenant: BusinessUid,
  made: readonly Omit<PaymentRow, 'id'>[],
  { invoices, now, today }: PreparedPayments,
): Promise<void> {
  const concerned = [...invoices.values()].filter(({ uid }) =>
    made.some((payment) => payment.invoiceUid === uid),
  );
  if (concerned.length === 0) return;
  const uids = concerned.map(({ uid }) => uid);
  const sums = await transaction
    .select({ uid: payments.invoiceUid, paid: sql<string>`sum(${payments.amount})` })
    .from(payments)
    .where(and(eq(payments.tenant, tenant), inArray(payments.invoiceUid, uids)))
    .groupBy(payments.invoiceUid);
  const paid = new Map(sums.map((sum) => [sum.uid, minor(Number(sum.paid))]));
  const changed = concerned.map((row) => ({
    ...row,
    paid: paid.get(row.uid) ?? row.paid,
    revision: row.revision + 1,
    updatedAt: now,
  }));
  await overwriteInvoices(transaction, changed);
  // History from elsewhere: nobody is thanked for what was paid long ago.
  const live = changed.filter((row) => !row.isImported);
  const stored = await storedPayments(transaction, tenant, made);
  const entries = live.flatMap((row) => {
    const own = stored.filter((payment) => payment.invoiceUid === row.uid);
    return own
      .filter((payment) => made.some(({ uid }) => uid === payment.uid))
      .map((payment) => ({
        invoiceId: row.id,
        key: `payment:${payment.id}`,
        step: 'payment' as const,
        state: 'done' as const,
        at: now,
        details: paymentDetails(payment, row, own),
      }));
  });
  await addEntries(transaction, tenant, entries);
  for (const row of live) {
    const isUndone = made.some(
      (payment) =>
        payment.invoiceUid === row.uid && (payment.reversesUid !== null || payment.amount < 0),
    );
    const change = isUndone ? 'payment_reversed' : isSettled(row) ? 'paid' : 'partly_paid';
    await tellInvoice(transaction, 'InvoiceUpdated', row, change, today);
  }
}

/** The payments as stored, with those that they take back. */
async function storedPayments(
  transaction: Transaction,
  tenant: BusinessUid,
  made: readonly Omit<PaymentRow, 'id'>[],
): Promise<readonly PaymentRow[]> {
  const uids = made.flatMap(({ uid, reversesUid }) =>
    reversesUid === null ? [uid] : [uid, reversesUid],
  );
  return transaction
    .select()
    .from(payments)
    .where(and(eq(payments.tenant, tenant), inArray(payments.uid, [...new Set(uids)])))
    .orderBy(asc(payments.id));
}
