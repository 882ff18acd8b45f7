import { desc, eq, sql } from 'drizzle-orm';

import type { SendRecord, SendState } from '../../../shared/contracts/sync/records';
import { sendRecord } from '../../../shared/contracts/sync/records';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { sends } from '../../replica/schema';
import { shownSend } from './delivery';

const byUid = prepared((db) =>
  db
    .select({ record: sends.record })
    .from(sends)
    .where(eq(sends.uid, sql.placeholder('uid')))
    .prepare(),
);

/** One e-mail; null when this replica has none of that uid. */
export function findSend(scope: ReadScope, uid: string): SendRecord | null {
  const row = byUid(scope.db).get({ uid });
  return row === undefined ? null : sendRecord.parse(row.record);
}

/** The e-mails of a document, the newest first. */
export function findSends(scope: ReadScope, invoiceUid: string): readonly SendRecord[] {
  return scope.db
    .select({ record: sends.record })
    .from(sends)
    .where(eq(sends.invoiceUid, invoiceUid))
    .orderBy(desc(sends.requestedAt), desc(sends.id))
    .all()
    .map(({ record }) => sendRecord.parse(record));
}

const latestOf = prepared((db) =>
  db
    .select({ invoiceUid: sends.invoiceUid, record: sends.record })
    .from(sends)
    .where(sql`${sends.invoiceUid} IN (SELECT value FROM json_each(${sql.placeholder('uids')}))`)
    .orderBy(sends.requestedAt, sends.id)
    .prepare(),
);

/**
 * Where the newest e-mail with each document stands, reminders and receipts left out; one question
 * for a page of a list. Documents that were never e-mailed are not in it.
 */
export function deliveriesOf(
  scope: ReadScope,
  invoiceUids: readonly string[],
): ReadonlyMap<string, SendState> {
  const deliveries = new Map<string, SendState>();
  for (const { invoiceUid, record } of latestOf(scope.db).all({
    uids: JSON.stringify(invoiceUids),
  })) {
    if (record.kind === 'invoice') deliveries.set(invoiceUid, shownSend(record).state);
  }
  return deliveries;
}

/**
 * The uids of documents whose newest e-mail is shown as failed, bounced, unknown or held (as
 * `deliveriesOf` with `shownSend` tells it): few, and found by their states.
 */
export const MAIL_NEEDS_ATTENTION = sql`(
  SELECT invoice_uid FROM ${sends} AS mail
  WHERE state IN ('failed', 'unknown', 'bounced', 'held')
    AND json_extract(mail.record, '$.kind') = 'invoice'
    AND NOT (json_extract(record, '$.cancelledAt') IS NOT NULL AND state IN ('failed', 'held'))
    AND NOT (json_extract(record, '$.attempt') > 0 AND state <> 'bounced'
      AND json_extract(record, '$.wantedAttempt') > json_extract(record, '$.attempt'))
    AND NOT EXISTS (
      SELECT 1 FROM ${sends} AS later
      WHERE later.invoice_uid = mail.invoice_uid
        AND json_extract(later.record, '$.kind') = 'invoice'
        AND (later.requested_at, later.id) > (mail.requested_at, mail.id)
    )
)`;

/** Stores a new or changed e-mail, in the caller's transaction. */
export function saveSend(scope: WriteScope, record: SendRecord): void {
  const { uid, invoiceUid, state, requestedAt } = record;
  const row = { uid, invoiceUid, state, requestedAt, record };
  scope.db.insert(sends).values(row).onConflictDoUpdate({ target: sends.uid, set: row }).run();
}

export function deleteSend(scope: WriteScope, uid: string): void {
  scope.db.delete(sends).where(eq(sends.uid, uid)).run();
}
