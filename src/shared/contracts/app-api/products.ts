import { z } from 'zod';

import { currencyCode } from '../../domain/currency';
import { productUid } from '../../domain/ids';
import { product, productInput } from '../../domain/product';
import { method, nothing, pageOf, pageRequest, shelf, sortBy } from './method';

/** What a list shows of a product. */
export const productRow = z.object({
  uid: productUid,
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  unitPrice: z.int(),
  currency: currencyCode,
  taxName: z.string().nullable(),
  isArchived: z.boolean(),
});
export type ProductRow = z.infer<typeof productRow>;

export const productMethods = {
  'products.list': method(
    z.object({
      ...pageRequest,
      shelf: shelf.default('active'),
      sort: sortBy(['name', 'code', 'unitPrice', 'createdAt']).default({
        by: 'name',
        direction: 'asc',
      }),
    }),
    pageOf(productRow),
  ),
  'products.count': method(
    z.object({ search: pageRequest.search, shelf: shelf.default('active') }),
    z.object({ count: z.int() }),
  ),
  'products.get': method(z.object({ uid: productUid }), product),
  'products.create': method(z.object({ product: productInput }), product),
  /** `base`: what the form shows besides what was typed; what others changed is merged with that. */
  'products.update': method(
    z.object({ uid: productUid, product: productInput, base: productInput.optional() }),
    product,
  ),
  'products.archive': method(z.object({ uids: z.array(productUid).min(1).max(1_000) }), nothing),
  'products.unarchive': method(z.object({ uids: z.array(productUid).min(1).max(1_000) }), nothing),
  'products.delete': method(z.object({ uid: productUid }), nothing),
  'products.restore': method(z.object({ uid: productUid }), product),
};
