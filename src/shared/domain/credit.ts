import type { LineUid } from './ids';
import type { Invoice } from './invoice';

/** The invoice that is credited. */
export type CreditedInvoice = Pick<Invoice, 'kind' | 'content' | 'totals' | 'finalisedAt'>;
/** A credit note of that invoice; drafts count as well (they reserve), deleted ones are left out. */
export type EarlierCredit = Pick<Invoice, 'content' | 'totals'>;

/** `full`: all that is left. Otherwise quantities in thousandths; their sign is the line's. */
export type CreditSelection =
  'full' | readonly { readonly lineUid: LineUid; readonly quantity: number }[];

export interface CreditableLine {
  readonly lineUid: LineUid;
  /** What is not credited yet, in thousandths, with the sign of the invoice line. */
  readonly quantity: number;
}
