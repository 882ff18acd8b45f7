import {
  and,
  asc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  notExists,
  or,
} from 'drizzle-orm';

import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import { addDays, dayInZone } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import type { InvoicesContext } from '../context';
import { changing } from '../db/publishing';
import { saveInvoice } from '../db/invoice-repository';
import { businesses, clients, invoices } from '../db/schema';
import { findSend } from '../db/send-repository';
import { addEntry } from '../db/timeline-repository';
import { ladderOf, reminderSendUid } from '../domain/reminders';
import { beginReminder } from './deliveries';
import { tellInvoice } from './tell-invoice';

/** A transaction is kept short: readers of changes wait for it. */
const BATCH = 500;

/**
 * What the days bring: invoices become overdue, and clients are reminded by the business's ladder.
 * Runs hourly; each business's day begins in its own time zone. Doing it twice does nothing more.
 */
export async function runDaily(context: InvoicesContext): Promise<void> {
  const zones = await context.db.selectDistinct({ zone: businesses.timeZone }).from(businesses);
  for (const { zone } of zones) {
    const today = dayInZone(context.now(), zone);
    await inBatches(context, (transaction) => noteOverdue(context, transaction, zone, today));
    await remindByLadders(context, zone, today);
  }
}

async function inBatches(
  context: InvoicesContext,
  work: (transaction: Transaction) => Promise<number>,
): Promise<void> {
  let count: number;
  do {
    count = await changing(context.db, work);
  } while (count === BATCH);
}

async function noteOverdue(
  context: InvoicesContext,
  transaction: Transaction,
  zone: string,
  today: CalendarDate,
): Promise<number> {
  const ofZone = transaction
    .select({ tenant: businesses.tenant })
    .from(businesses)
    .where(and(eq(businesses.tenant, invoices.tenant), eq(businesses.timeZone, zone)));
  const found = await transaction
    .select()
    .from(invoices)
    .where(
      and(
        eq(invoices.isOpen, true),
        lt(invoices.dueDate, today),
        isNull(invoices.overdueNotedOn),
        exists(ofZone),
      ),
    )
    .orderBy(asc(invoices.dueDate))
    .limit(BATCH)
    .for('update', { skipLocked: true });
  const now = context.now();
  for (const invoice of found) {
    const noted = await saveInvoice(transaction, invoice, { overdueNotedOn: today }, now);
    await addEntry(transaction, invoice, {
      key: 'overdue',
      step: 'overdue',
      state: 'done',
      at: now,
    });
    await tellInvoice(transaction, 'InvoiceUpdated', noted, 'overdue', today);
  }
  return found.length;
}

async function remindByLadders(
  context: InvoicesContext,
  zone: string,
  today: CalendarDate,
): Promise<void> {
  const reminding = await context.db
    .select({ tenant: businesses.tenant, settings: businesses.settings })
    .from(businesses)
    .where(and(eq(businesses.timeZone, zone), eq(businesses.remindersEnabled, true)));
  for (const { tenant, settings } of reminding) {
    const ladder = ladderOf(settings.reminders.daysAfterDue);
    // From the top: who is long overdue gets one reminder, not all of them at once.
    for (const [index, days] of [...ladder.entries()].reverse()) {
      const step = { number: index + 1, dueBy: addDays(today, -days), today };
      await inBatches(context, (transaction) => remind(context, transaction, tenant, step));
    }
  }
}

interface LadderStep {
  /** From 1. */
  readonly number: number;
  /** Invoices due on this day or before have reached the step. */
  readonly dueBy: CalendarDate;
  readonly today: CalendarDate;
}

async function remind(
  context: InvoicesContext,
  transaction: Transaction,
  tenant: BusinessUid,
  { number: reminderStep, dueBy, today }: LadderStep,
): Promise<number> {
  const paused = transaction
    .select({ id: clients.id })
    .from(clients)
    .where(
      and(
        eq(clients.tenant, tenant),
        eq(clients.id, invoices.clientId),
        eq(clients.remindersPaused, true),
      ),
    );
  const found = await transaction
    .select()
    .from(invoices)
    .where(
      and(
        eq(invoices.tenant, tenant),
        eq(invoices.isOpen, true),
        // History from elsewhere has no paper, and nobody was billed for it from here.
        eq(invoices.isImported, false),
        lte(invoices.dueDate, dueBy),
        lt(invoices.reminderStep, reminderStep),
        eq(invoices.remindersPaused, false),
        // Nobody is reminded of what never arrived.
        or(
          isNotNull(invoices.sentAt),
          isNull(invoices.deliveryState),
          inArray(invoices.deliveryState, ['unknown', 'cancelled']),
        ),
        notExists(paused),
      ),
    )
    .orderBy(asc(invoices.dueDate))
    .limit(BATCH)
    .for('update', { skipLocked: true });
  const now = context.now();
  for (const invoice of found) {
    await saveInvoice(transaction, invoice, { reminderStep }, now);
    const sendUid = reminderSendUid(invoice.uid, reminderStep);
    if ((await findSend(transaction, tenant, sendUid)) !== null) continue;
    await beginReminder(transaction, invoice, { sendUid, reminderStep }, now);
  }
  if (found.length > 0) {
    context.log.info(
      { count: found.length, step: reminderStep, day: today },
      'reminders are asked for',
    );
  }
  return found.length;
}
