import { and, eq, inArray, sql } from 'drizzle-orm';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import type { KnownEntry, TimelineState, TimelineStep } from '../domain/timeline';
import { noteSend } from './changes';
import { timeline } from './schema';

export interface NewEntry {
  /** What makes it the same entry when it is told again. */
  readonly key: string;
  readonly step: TimelineStep;
  readonly state: TimelineState;
  readonly at: Date;
  readonly attempt?: number;
  readonly stepAttempt?: number | null;
  readonly sendUid?: string;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** Adds entries; those that stand there already stay, with the earlier of the two moments. */
export async function addEntries(
  transaction: Transaction,
  tenant: BusinessUid,
  entries: readonly (NewEntry & { readonly invoiceId: number })[],
): Promise<void> {
  if (entries.length === 0) return;
  for (const { sendUid } of entries) {
    if (sendUid !== undefined) noteSend(transaction, tenant, sendUid, null);
  }
  await transaction
    .insert(timeline)
    .values(
      entries.map((entry) => ({
        tenant,
        invoiceId: entry.invoiceId,
        entryKey: entry.key,
        step: entry.step,
        state: entry.state,
        at: entry.at,
        attempt: entry.attempt ?? 1,
        stepAttempt: entry.stepAttempt === undefined ? 1 : entry.stepAttempt,
        sendUid: entry.sendUid ?? null,
        reason: entry.reason ?? null,
        details: entry.details ?? {},
      })),
    )
    // What was concluded gets its moment and its details from who knows them.
    .onDuplicateKeyUpdate({
      set: {
        at: sql`least(${timeline.at}, values(${sql.identifier('at')}))`,
        details: sql`if(${timeline.details} = '{}', values(${sql.identifier('details')}), ${timeline.details})`,
      },
    });
}

export async function addEntry(
  transaction: Transaction,
  invoice: { readonly tenant: BusinessUid; readonly id: number },
  entry: NewEntry,
): Promise<void> {
  await addEntries(transaction, invoice.tenant, [{ ...entry, invoiceId: invoice.id }]);
}

export async function readEntries(
  db: Database,
  tenant: BusinessUid,
  invoiceId: number,
): Promise<readonly KnownEntry[]> {
  return db
    .select(entryColumns)
    .from(timeline)
    .where(and(eq(timeline.tenant, tenant), eq(timeline.invoiceId, invoiceId)));
}

/** What happened to some sends. */
export async function readEntriesOfSends(
  scope: Database | Transaction,
  tenant: BusinessUid,
  sendUids: readonly string[],
): Promise<readonly KnownEntry[]> {
  if (sendUids.length === 0) return [];
  return scope
    .select(entryColumns)
    .from(timeline)
    .where(and(eq(timeline.tenant, tenant), inArray(timeline.sendUid, [...sendUids])));
}

const entryColumns = {
  id: timeline.id,
  step: timeline.step,
  state: timeline.state,
  at: timeline.at,
  attempt: timeline.attempt,
  stepAttempt: timeline.stepAttempt,
  sendUid: timeline.sendUid,
  reason: timeline.reason,
  details: timeline.details,
};
