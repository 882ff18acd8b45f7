import type { z } from 'zod';

import {
  taxViewOf,
  UNIT_PRICE_DECIMALS,
} from '../../../../src/shared/contracts/rest-v1/line-numbers';
import { unscaled } from '../../../../src/shared/contracts/rest-v1/money-fields';
import type { orderRoutes, productView } from '../../../../src/shared/contracts/rest-v1/orders';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { isDuplicate } from '../../../kit/database/database-errors';
import type { Handlers } from '../../../kit/http/handlers';
import { isRefusal, transactOnce } from '../../../kit/http/idempotency';
import { DEFAULT_LIMIT, pageOf } from '../../../kit/http/paging';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound, refusalOf } from '../../../kit/http/refusal';
import type { Directory } from '../adapters/directory';
import type { StoredProduct } from '../db/product-repository';
import {
  findProduct,
  insertProduct,
  listProducts,
  lockProduct,
  saveProduct,
} from '../db/product-repository';
import { publishProduct } from '../db/publish';
import type { Product } from '../domain/product';
import { changedProduct, isSameProduct, newProduct } from '../domain/product';

type ProductHandlers = Pick<
  Handlers<typeof orderRoutes>,
  'listProducts' | 'createProduct' | 'getProduct' | 'updateProduct' | 'deleteProduct'
>;

export function createProductHandlers(db: Database, directory: Directory): ProductHandlers {
  return {
    async listProducts({ member, query }) {
      const limit = query.limit ?? DEFAULT_LIMIT;
      const found = await listProducts(db, member.tenant, {
        after: query.cursor ?? 0,
        limit: limit + 1,
        search: query.search ?? '',
        isArchived: query.archived === undefined ? undefined : query.archived === 'true',
      });
      const { rows, nextCursor } = pageOf(found, limit);
      return { status: 200, body: rows.map(viewOf), nextCursor };
    },

    async getProduct({ member, params }) {
      const product = await findProduct(db, member.tenant, params.productId);
      if (product === null || product.deletedAt !== null) return notFound('product');
      return answerWith(product);
    },

    createProduct: ({ member: { tenant }, body, idempotency }) =>
      transactOnce(db, tenant, idempotency, async (transaction) => {
        const { currency } = await directory.business(transaction, tenant);
        const product = newProduct(body, currency);
        if (!product.ok) return refusalOf(product.error);
        const created = await unlessTaken(
          insertProduct(transaction, tenant, product.value, new Date()),
        );
        if (isRefusal(created)) return created;
        await publishProduct(transaction, tenant, created);
        return { status: 201 as const, body: viewOf(created), revision: created.revision };
      }),

    updateProduct: ({ member: { tenant }, params, body, ifMatch }) =>
      change(tenant, params.productId, ifMatch, async (transaction, stored) => {
        const now = new Date();
        const product = changedProduct(productOf(stored), body, now);
        if (!product.ok) return refusalOf(product.error);
        if (isSameProduct(product.value, productOf(stored))) return answerWith(stored);
        const changed: StoredProduct = {
          ...stored,
          ...product.value,
          revision: stored.revision + 1,
          updatedAt: now,
        };
        const refusal = await unlessTaken(saveProduct(transaction, tenant, changed));
        if (isRefusal(refusal)) return refusal;
        await publishProduct(transaction, tenant, changed);
        return answerWith(changed);
      }),

    deleteProduct: ({ member: { tenant }, params, ifMatch }) =>
      change(tenant, params.productId, ifMatch, async (transaction, stored) => {
        const now = new Date();
        const deleted: StoredProduct = {
          ...stored,
          revision: stored.revision + 1,
          deletedAt: now,
          updatedAt: now,
        };
        await saveProduct(transaction, tenant, deleted);
        await publishProduct(transaction, tenant, deleted);
        return { status: 204 as const, body: undefined };
      }),
  };

  /** Changes a product under its row's lock, if the caller has seen its newest state. */
  function change<T>(
    tenant: BusinessUid,
    id: number,
    ifMatch: number | null,
    work: (transaction: Transaction, stored: StoredProduct) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    return transactOnce(db, tenant, null, async (transaction) => {
      const stored = await lockProduct(transaction, tenant, id);
      if (stored === null || stored.deletedAt !== null) return notFound('product');
      if (ifMatch !== null && ifMatch !== stored.revision) return conflict('stale_revision');
      return work(transaction, stored);
    });
  }
}

function viewOf(product: StoredProduct): z.input<typeof productView> {
  return {
    id: product.id,
    code: product.code,
    name: product.name,
    unit: product.unit,
    unit_price: unscaled(product.unitPrice, UNIT_PRICE_DECIMALS),
    currency: product.currency,
    tax: taxViewOf(product.tax),
    archived: product.archivedAt !== null,
    uid: product.uid,
    revision: product.revision,
    created_at: product.createdAt.toISOString(),
    updated_at: product.updatedAt.toISOString(),
  };
}

function answerWith(product: StoredProduct) {
  return { status: 200 as const, body: viewOf(product), revision: product.revision };
}

/** What a person described, without what the service keeps about it. */
function productOf(stored: StoredProduct): Product {
  return {
    uid: stored.uid,
    code: stored.code,
    name: stored.name,
    unit: stored.unit,
    unitPrice: stored.unitPrice,
    currency: stored.currency,
    tax: stored.tax,
    archivedAt: stored.archivedAt,
  };
}

/** The code is the one thing that two products of a business cannot share. */
async function unlessTaken<T>(saving: Promise<T>): Promise<T | Refusal> {
  try {
    return await saving;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return conflict('code_taken', [{ field: 'code', code: 'code_taken' }]);
  }
}
