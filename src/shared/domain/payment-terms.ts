import { z } from 'zod';

import type { CalendarDate } from './calendar-date';
import { addDays, endOfMonth } from './calendar-date';
import { unreachable } from './result';

const days = z.int().min(0).max(365);

/** Payment terms are typed, so that the due date can be derived and printed in any language. */
export const paymentTerms = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('on_receipt') }),
  z.object({ kind: z.literal('net_days'), days }),
  z.object({ kind: z.literal('end_of_month'), days }),
]);
export type PaymentTerms = z.infer<typeof paymentTerms>;

export const DEFAULT_TERMS: PaymentTerms = { kind: 'net_days', days: 30 };

/** The due date of a document issued on `issueDate`. Due dates do not move for weekends. */
export function dueDateFor(issueDate: CalendarDate, terms: PaymentTerms): CalendarDate {
  switch (terms.kind) {
    case 'on_receipt':
      return issueDate;
    case 'net_days':
      return addDays(issueDate, terms.days);
    case 'end_of_month':
      return addDays(endOfMonth(issueDate), terms.days);
    default:
      return unreachable(terms);
  }
}
