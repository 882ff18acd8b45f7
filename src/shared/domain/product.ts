import { z } from 'zod';

import { instant } from './calendar-date';
import { currencyCode } from './currency';
import { productUid, taxCodeUid } from './ids';
import { unitPrice } from './money';
import { line } from './text';

/** What a person fills in about a product; a line copies from it and may differ. */
export const productInput = z.object({
  /** The business's own short code, unique among products where given. */
  code: line(40),
  name: line(255, 1),
  unit: line(20),
  /** Ten-thousandths of the major unit, in `currency`. */
  unitPrice,
  currency: currencyCode,
  taxCodeUid: taxCodeUid.nullable(),
});
export type ProductInput = z.infer<typeof productInput>;

export const product = productInput.extend({
  uid: productUid,
  archivedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Product = z.infer<typeof product>;
