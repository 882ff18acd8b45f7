import { z } from 'zod';

import { currencyCode } from '../../domain/currency';
import { lineUid } from '../../domain/ids';
import { quantity, unitPrice } from '../../domain/money';
import { taxCategory } from '../../domain/tax';
import { orderState } from './events';

/** An order with its lines, as the orders service tells the invoices service when asked. */
export const orderAnswer = orderState.extend({
  currency: currencyCode,
  prices_include_tax: z.boolean(),
  buyer_reference: z.string(),
  notes: z.string(),
  lines: z.array(
    z.object({
      order_item_id: z.int().min(1),
      line_uid: lineUid,
      description: z.string(),
      unit: z.string(),
      /** Thousandths. */
      quantity,
      /** Ten-thousandths of the major unit. */
      unit_price: unitPrice,
      tax: z.object({
        name: z.string(),
        category: taxCategory,
        /** Thousandths of a percent. */
        rate: z.int(),
        reason: z.string(),
      }),
      /** Thousandths that finalised documents take of `quantity`. */
      invoiced: z.int(),
    }),
  ),
});
export type OrderAnswer = z.infer<typeof orderAnswer>;
