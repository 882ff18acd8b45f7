import { and, eq, inArray } from 'drizzle-orm';

import type { SendRecord } from '../../../../src/shared/contracts/sync/records';
import { sendRecord } from '../../../../src/shared/contracts/sync/records';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import type {
  ApplyContext,
  SyncedChange,
  SyncedCollection,
} from '../../../kit/sync/synced-collection';
import { lockInvoicesByUid } from '../db/bulk';
import type { InvoiceRow, SendRow } from '../db/rows';
import { sends } from '../db/schema';
import { insertSend, saveSend } from '../db/send-repository';
import { isSettled } from '../domain/rest-status';
import { showSend, startAttempt } from '../use-cases/deliveries';
import { showLatest } from '../use-cases/waiting-sends';
import { passingOn } from './passing-on';
import type { SendFacts } from './send-rules';
import { decideSend } from './send-rules';
import { havingPaper } from './settle-documents';
import { dayOf } from './today';

interface PreparedSends extends SendFacts {
  readonly today: CalendarDate;
}

/** Mails that devices ask for, take back and have tried again. */
export function createSendsCollection(clock: () => Date): SyncedCollection<'sends', PreparedSends> {
  return {
    name: 'sends',
    async prepare(transaction, tenant, mutations) {
      const now = clock();
      const today = await dayOf(transaction, tenant, now);
      const uids = [...new Set(mutations.map(({ uid }) => uid))];
      const wished = mutations.flatMap(({ body }) => {
        const parsed = body.kind === 'create' ? sendRecord.safeParse(body.record) : null;
        return parsed?.success === true ? [parsed.data.invoiceUid] : [];
      });
      const isOne = and(eq(sends.tenant, tenant), inArray(sends.sendUid, uids));
      const known =
        uids.length === 0
          ? []
          : await transaction.select({ uid: sends.invoiceUid }).from(sends).where(isOne);
      // Everything is locked by way of the documents.
      const documents = [...new Set([...wished, ...known.map(({ uid }) => uid)])];
      const invoices = await lockInvoicesByUid(transaction, tenant, documents);
      const rows =
        uids.length === 0 ? [] : await transaction.select().from(sends).where(isOne).for('update');
      return {
        now,
        today,
        invoices,
        printed: await havingPaper(transaction, tenant, [...invoices.keys()]),
        sends: new Map(rows.map((row) => [row.sendUid, row])),
      };
    },
    decide: (attempt, prepared) => decideSend(attempt, prepared),
    async apply(transaction, tenant, changes, prepared, context) {
      await passingOn(transaction, context, 'sends', () =>
        applySends(transaction, tenant, changes, prepared, context),
      );
    },
  };
}

async function applySends(
  transaction: Transaction,
  tenant: BusinessUid,
  changes: readonly SyncedChange<'sends'>[],
  prepared: PreparedSends,
  context: ApplyContext,
): Promise<void> {
  const current = new Map<InvoiceUid, InvoiceRow>(prepared.invoices);
  for (const { after } of changes) {
    const before = prepared.sends.get(after.uid);
    const invoice = current.get(after.invoiceUid);
    const row =
      before === undefined
        ? await begin(transaction, tenant, after, invoice, context.now)
        : await change(transaction, before, after, prepared.now);
    if (invoice === undefined) continue;
    const isBegun = row.state === 'pending' && (before === undefined || isAnew(before, row));
    if (isBegun) await startAttempt(transaction, invoice, row, prepared.now);
    const { today, now } = prepared;
    const shown =
      before === undefined && row.state !== 'queued'
        ? await showLatest(transaction, invoice, row, today, now)
        : before === undefined
          ? invoice
          : await showSend(transaction, invoice, before, row, today, now);
    current.set(invoice.uid, shown);
  }
}

function isAnew(before: SendRow, after: SendRow): boolean {
  return after.attempt > before.attempt || before.state === 'queued';
}

function mailOf(record: SendRecord): SendRow['mail'] {
  const { to, cc, bcc, replyTo, subject, body, attachmentHashes } = record;
  return { to, cc, bcc, replyTo, subject, body, attachmentHashes };
}

/** The columns that a record decides, once the rules have had their say. */
function columnsOf(record: SendRecord) {
  const { cancelledAt, wantedAttempt, state, attempt, reason, settledAt } = record;
  return {
    mail: mailOf(record),
    cancelledAt: cancelledAt === null ? null : new Date(cancelledAt),
    wantedAttempt,
    state,
    attempt,
    reason,
    settledAt: settledAt === null ? null : new Date(settledAt),
  };
}

async function begin(
  transaction: Transaction,
  tenant: BusinessUid,
  record: SendRecord,
  invoice: InvoiceRow | undefined,
  now: Date,
): Promise<SendRow> {
  const row: SendRow = {
    tenant,
    sendUid: record.uid,
    invoiceId: invoice?.id ?? null,
    invoiceUid: record.invoiceUid,
    kind: record.kind,
    ...columnsOf(record),
    requestedAt: new Date(record.requestedAt),
    isMailed: record.state === 'sent' || record.state === 'bounced',
    wasSettled: invoice !== undefined && isSettled(invoice),
    reminderStep: record.kind === 'reminder' ? Math.max(1, invoice?.reminderStep ?? 1) : null,
    anywayAttempt: null,
    permitMessageUid: null,
    permittedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await insertSend(transaction, row);
  return row;
}

async function change(
  transaction: Transaction,
  before: SendRow,
  record: SendRecord,
  now: Date,
): Promise<SendRow> {
  const columns = columnsOf(record);
  const isRetried = columns.attempt > before.attempt;
  const anywayAttempt = before.state === 'unknown' ? columns.attempt : null;
  const anew = isRetried ? { anywayAttempt, permitMessageUid: null, permittedAt: null } : {};
  return saveSend(transaction, before, { ...columns, ...anew }, now);
}
