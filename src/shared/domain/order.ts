import { z } from 'zod';

import { calendarDate, instant } from './calendar-date';
import { currencyCode } from './currency';
import { clientUid, orderUid } from './ids';
import { discount, lineItem } from './line-item';
import { totals } from './totals';
import { line, text } from './text';

export const orderStatus = z.enum(['pending', 'processing', 'completed', 'cancelled']);
export type OrderStatus = z.infer<typeof orderStatus>;

/** Everything that a person can write on an order. */
export const orderContent = z.object({
  clientUid: clientUid.nullable(),
  currency: currencyCode,
  orderDate: calendarDate,
  buyerReference: line(100),
  notes: text(2_000),
  pricesIncludeTax: z.boolean(),
  discount: discount.nullable(),
  lines: z.array(lineItem).max(1_000),
});
export type OrderContent = z.infer<typeof orderContent>;

export const order = z.object({
  uid: orderUid,
  /** From the device's order series, given when the order is first kept. */
  number: z.string(),
  status: orderStatus,
  content: orderContent,
  totals,
  deletedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Order = z.infer<typeof order>;
