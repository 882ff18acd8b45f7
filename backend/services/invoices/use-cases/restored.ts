import { and, asc, eq, inArray } from 'drizzle-orm';

import type { SeriesUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import { changing } from '../db/publishing';
import { numberSeries, sends } from '../db/schema';
import { lockSend, saveSend } from '../db/send-repository';
import { cloudLetterAfter } from '../domain/cloud-letter';
import { RESTORED } from '../domain/delivery';
import { dayOf } from '../sync/today';
import { afterFactOf, lockDelivery, settle } from './deliveries';

/** Sends at once, so that readers of changes are not kept waiting (R51). */
const BATCH = 100;

/**
 * What putting back a backup means for this service (R64): numbers that were given since are
 * forgotten, so each business goes on in a series with a new letter; mails that were on their way
 * may have gone out, so none goes out again without a person.
 */
export async function afterRestore(db: Database, now: Date): Promise<void> {
  await transact(db, async (transaction) => {
    for (const { tenant, kind, letter } of await transaction
      .select()
      .from(numberSeries)
      .for('update')) {
      await transaction
        .update(numberSeries)
        .set({ uid: newUid<SeriesUid>(), letter: cloudLetterAfter(letter) })
        .where(and(eq(numberSeries.tenant, tenant), eq(numberSeries.kind, kind)));
    }
  });
  while ((await doubtMails(db, now)) === BATCH);
}

/** One transaction for each mail: each is told to the devices of its own business. */
async function doubtMails(db: Database, now: Date): Promise<number> {
  const waiting = await db
    .select()
    .from(sends)
    .where(inArray(sends.state, ['pending', 'queued']))
    .orderBy(asc(sends.createdAt))
    .limit(BATCH);
  for (const { tenant, invoiceUid, sendUid, attempt } of waiting) {
    await changing(db, async (transaction) => {
      const today = await dayOf(transaction, tenant, now);
      const found = await lockDelivery(transaction, tenant, invoiceUid, sendUid);
      const fact = { kind: 'unknown', attempt, reason: RESTORED } as const;
      if (found !== null) {
        await settle(transaction, found.invoice, found.send, fact, today, now);
        return;
      }
      // Its document is not here.
      const send = await lockSend(transaction, tenant, sendUid);
      const change = send === null ? null : afterFactOf(send, fact, now);
      if (send !== null && change !== null) await saveSend(transaction, send, change, now);
    });
  }
  return waiting.length;
}
