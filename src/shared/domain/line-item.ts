import { z } from 'zod';

import { lineUid, productUid } from './ids';
import { MAX_AMOUNT, minorUnits, PERCENT_SCALE, quantity, unitPrice } from './money';
import { taxSnapshot } from './tax';
import { line, text } from './text';

/** A reduction, by a share (thousandths of a percent) or by an amount; always before tax. */
export const discount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), percent: z.int().min(0).max(PERCENT_SCALE) }),
  z.object({ kind: z.literal('amount'), amount: minorUnits.min(0).max(MAX_AMOUNT) }),
]);
export type Discount = z.infer<typeof discount>;

/** One line of an order, an invoice or a credit note. */
export const lineItem = z.object({
  uid: lineUid,
  productUid: productUid.nullable(),
  /** May hold line breaks. Empty only while drafting. */
  description: text(2_000),
  unit: line(20),
  quantity,
  unitPrice,
  discount: discount.nullable(),
  tax: taxSnapshot,
  /** The order line that this line invoices, or the invoice line that it credits. */
  sourceLineUid: lineUid.nullable(),
});
export type LineItem = z.infer<typeof lineItem>;
