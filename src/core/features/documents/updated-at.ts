import type { Instant } from '../../../shared/domain/calendar-date';

/**
 * The `updatedAt` of a change: the moment of it, but always later than the one before, so that
 * whoever compares them (`expectedUpdatedAt`) notices two changes within a millisecond.
 */
export function nextUpdatedAt(before: Instant, now: Instant): Instant {
  if (now > before) return now;
  return new Date(Date.parse(before) + 1).toISOString();
}
