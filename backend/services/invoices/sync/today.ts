import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import { dayInZone } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { findBusiness } from '../db/projections';

/**
 * The day in the business's time zone, by what is known here: a batch asks nobody else while it
 * holds locks. Of a business that was not told of yet, the day in UTC.
 */
export async function dayOf(
  transaction: Transaction,
  tenant: BusinessUid,
  now: Date,
): Promise<CalendarDate> {
  const business = await findBusiness(transaction, tenant);
  return dayInZone(now, business?.timeZone ?? 'UTC');
}
