import { createHash } from 'node:crypto';

import type { InvoiceUid } from '../../../../src/shared/domain/ids';

/** The days of a ladder, ascending and each once. */
export function ladderOf(daysAfterDue: readonly number[]): readonly number[] {
  return [...new Set(daysAfterDue)].sort((a, b) => a - b);
}

/**
 * The send of an invoice's reminder at a step of the ladder: always the same uuid (version 8, made
 * of a hash), so that the same reminder asked for twice is one.
 */
export function reminderSendUid(invoice: InvoiceUid, step: number): string {
  const hash = createHash('sha256').update(`reminder:${invoice}:${step}`).digest('hex');
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
