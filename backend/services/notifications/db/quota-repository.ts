import { and, eq, gt, sql } from 'drizzle-orm';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { dailyUsage } from './schema';

/** Counts one more mail of the day; answers how many there are now. Locks the day's row. */
export async function countMail(
  transaction: Transaction,
  tenant: BusinessUid,
  day: string,
): Promise<number> {
  await transaction
    .insert(dailyUsage)
    .values({ tenant, day, mails: 1 })
    .onDuplicateKeyUpdate({ set: { mails: sql`${dailyUsage.mails} + 1` } });
  const [row] = await transaction
    .select({ mails: dailyUsage.mails })
    .from(dailyUsage)
    .where(isDay(tenant, day));
  return row?.mails ?? 0;
}

/** A mail that was counted did not go out. */
export async function uncountMail(
  transaction: Transaction,
  tenant: BusinessUid,
  day: string,
): Promise<void> {
  await transaction
    .update(dailyUsage)
    .set({ mails: sql`${dailyUsage.mails} - 1` })
    .where(and(isDay(tenant, day), gt(dailyUsage.mails, 0)));
}

function isDay(tenant: BusinessUid, day: string) {
  return and(eq(dailyUsage.tenant, tenant), eq(dailyUsage.day, day));
}
