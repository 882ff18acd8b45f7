import { and, eq, isNull, ne, sql } from 'drizzle-orm';

import { fold } from '../../../shared/domain/fold';
import type { Product } from '../../../shared/domain/product';
import { product as productSchema } from '../../../shared/domain/product';
import { addWords, indexWords, removeWords } from '../../listing/search-index';
import { searchWords } from '../../listing/search-words';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { products } from '../../replica/schema';
import type { NewRow } from '../documents/prepared-rows';
import { preparedInsert, preparedUpdate } from '../documents/prepared-rows';

/** A product with its place in the file. */
export interface StoredProduct {
  readonly id: number;
  readonly product: Product;
}

const byUid = prepared((db) =>
  db
    .select()
    .from(products)
    .where(eq(products.uid, sql.placeholder('uid')))
    .prepare(),
);

/** One product, deleted ones included; null when this replica has none of that uid. */
export function findProduct(scope: ReadScope, uid: string): StoredProduct | null {
  const row = byUid(scope.db).get({ uid });
  return row === undefined ? null : { id: row.id, product: productSchema.parse(row) };
}

const withCode = prepared((db) =>
  db
    .select()
    .from(products)
    .where(
      and(
        sql`${products.code} COLLATE NOCASE = ${sql.placeholder('code')}`,
        // Literally as the index says it: SQLite takes a partial index for nothing less.
        sql`${products.code} <> ''`,
        ne(products.uid, sql.placeholder('exceptUid')),
        isNull(products.deletedAt),
      ),
    )
    .limit(1)
    .prepare(),
);

/** The product with a code, whatever its case, archived ones included; null for none. */
export function findProductWithCode(
  scope: ReadScope,
  code: string,
  exceptUid = '',
): StoredProduct | null {
  if (code === '') return null;
  const row = withCode(scope.db).get({ code, exceptUid });
  return row === undefined ? null : { id: row.id, product: productSchema.parse(row) };
}

const insert = preparedInsert(products);
const update = preparedUpdate(products);

/**
 * Stores a new product with its search words, in the caller's transaction. Tells neither outbox
 * nor activity: the caller records what it did.
 */
export function insertProduct(scope: WriteScope, product: Product): StoredProduct {
  const id = insert(scope, toRow(product));
  addWords(scope, 'products_search', id, productWords(product));
  return { id, product };
}

/** Stores a changed product with its search words, in the caller's transaction. */
export function saveProduct(
  scope: WriteScope,
  before: StoredProduct,
  product: Product,
): StoredProduct {
  const { id } = before;
  update(scope, id, toRow(product));
  if (product.deletedAt !== null) removeWords(scope, 'products_search', id);
  else indexWords(scope, 'products_search', id, productWords(product));
  return { id, product };
}

function toRow(product: Product): NewRow<typeof products> {
  return { ...product, sortName: fold(product.name) };
}

function productWords(product: Product): string {
  return searchWords(product.code, product.name);
}
