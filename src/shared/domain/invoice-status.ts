import type { CalendarDate, Instant } from './calendar-date';
import { daysBetween } from './calendar-date';
import type { InvoiceKind, InvoiceStatus } from './invoice';
import type { MinorUnits } from './money';
import { minor, negate } from './money';
import { unreachable } from './result';

/** The stored facts that a status is derived from (DOMAIN 2). */
export interface SettlementFacts {
  readonly kind: InvoiceKind;
  readonly finalisedAt: Instant | null;
  readonly total: MinorUnits;
  /** Payments less reversals and refunds. */
  readonly paid: MinorUnits;
  /** Total of the finalised credit notes that correct it. */
  readonly credited: MinorUnits;
}

export type Settlement = 'draft' | 'open' | 'partly_paid' | 'paid' | 'credited';

export interface StatusFacts extends SettlementFacts {
  readonly dueDate: CalendarDate;
  /** The day in the business's time zone. */
  readonly today: CalendarDate;
}

/** What the client still owes; negative is owed back to the client. */
export function balanceOf(total: MinorUnits, paid: MinorUnits, credited: MinorUnits): MinorUnits {
  return minor(total - paid - credited);
}

/**
 * How far a document is settled, whatever the date. An invoice is `credited` when credit notes
 * alone cover it (a payment is then owed back), `paid` when nothing is left to pay. A credit note
 * is `open` from finalising on: it is settled on the invoice that it corrects.
 */
export function settlementOf(facts: SettlementFacts): Settlement {
  if (facts.finalisedAt === null) return 'draft';
  if (facts.kind === 'credit_note') return 'open';
  if (facts.total > 0 && facts.credited >= facts.total) return 'credited';
  if (balanceOf(facts.total, facts.paid, facts.credited) <= 0) return 'paid';
  return facts.paid > 0 ? 'partly_paid' : 'open';
}

/** The status shown. Overdue begins the day after the due date and covers part payments. */
export function statusOf(facts: StatusFacts): InvoiceStatus {
  const settlement = settlementOf(facts);
  switch (settlement) {
    case 'draft':
    case 'paid':
    case 'credited':
      return settlement;
    case 'open':
    case 'partly_paid':
      if (facts.kind === 'credit_note') return 'sent';
      if (facts.today > facts.dueDate) return 'overdue';
      return settlement === 'open' ? 'sent' : 'partly_paid';
    default:
      return unreachable(settlement);
  }
}

/** What a document adds to revenue and receivables: a credit note takes away. */
export function signedTotal(kind: InvoiceKind, total: MinorUnits): MinorUnits {
  return kind === 'credit_note' ? negate(total) : total;
}

export const AGEING_BUCKETS = ['not_due', '1_30', '31_60', '61_90', 'over_90'] as const;
export type AgeingBucket = (typeof AGEING_BUCKETS)[number];

/** Ageing counts days past the due date; on the due date nothing is late yet. */
export function ageingBucket(dueDate: CalendarDate, today: CalendarDate): AgeingBucket {
  const daysLate = daysBetween(dueDate, today);
  if (daysLate <= 0) return 'not_due';
  if (daysLate <= 30) return '1_30';
  if (daysLate <= 60) return '31_60';
  return daysLate <= 90 ? '61_90' : 'over_90';
}
