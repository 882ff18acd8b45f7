import type { InvoiceUid } from '../../../../src/shared/domain/ids';
import { derivedUuid } from '../../../kit/derived-uuid';

/** The days of a ladder, ascending and each once. */
export function ladderOf(daysAfterDue: readonly number[]): readonly number[] {
  return [...new Set(daysAfterDue)].sort((a, b) => a - b);
}

/**
 * The send of an invoice's reminder at a step of the ladder: always the same, so that the same
 * reminder asked for twice is one.
 */
export function reminderSendUid(invoice: InvoiceUid, step: number): string {
  return derivedUuid('reminder', invoice, String(step));
}
