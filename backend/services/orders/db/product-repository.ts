import { and, asc, eq, gt, inArray, isNotNull, isNull, like } from 'drizzle-orm';

import { fold } from '../../../../src/shared/domain/fold';
import type { BusinessUid, ProductUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { insertRows } from '../../../kit/database/insert-rows';
import type { Product } from '../domain/product';
import { codeKeyOf, searchTextOf } from '../domain/product';
import { products } from './schema';
import { taxColumnsOf, taxOf } from './tax-columns';

/** A product as it is kept. */
export interface StoredProduct extends Product {
  readonly id: number;
  readonly revision: number;
  readonly deletedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ProductFilter {
  /** Goes on after this id. */
  readonly after: number;
  readonly limit: number;
  /** Part of a code or a name, as typed. */
  readonly search: string;
  readonly isArchived: boolean | undefined;
}

/** Products that are not deleted, by id. */
export async function listProducts(
  db: Database,
  tenant: BusinessUid,
  { after, limit, search, isArchived }: ProductFilter,
): Promise<readonly StoredProduct[]> {
  const rows = await db
    .select()
    .from(products)
    .where(
      and(
        eq(products.tenant, tenant),
        gt(products.id, after),
        isNull(products.deletedAt),
        search === '' ? undefined : like(products.search, `%${escapeLike(fold(search))}%`),
        isArchived === undefined
          ? undefined
          : isArchived
            ? isNotNull(products.archivedAt)
            : isNull(products.archivedAt),
      ),
    )
    .orderBy(asc(products.id))
    .limit(limit);
  return rows.map(toProduct);
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/gu, '\\$&');
}

/** A product of the tenant, also a deleted one. */
export async function findProduct(
  db: Database,
  tenant: BusinessUid,
  id: number,
): Promise<StoredProduct | null> {
  const [row] = await db.select().from(products).where(isProduct(tenant, id));
  return row === undefined ? null : toProduct(row);
}

/** The same, held until the transaction ends. */
export async function lockProduct(
  transaction: Transaction,
  tenant: BusinessUid,
  id: number,
): Promise<StoredProduct | null> {
  const [row] = await transaction
    .select()
    .from(products)
    .where(isProduct(tenant, id))
    .for('update');
  return row === undefined ? null : toProduct(row);
}

/** Which of the ids are products of the tenant that stand. */
export async function findStandingProducts(
  scope: Database | Transaction,
  tenant: BusinessUid,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const rows = await scope
    .select({ id: products.id })
    .from(products)
    .where(
      and(eq(products.tenant, tenant), inArray(products.id, [...ids]), isNull(products.deletedAt)),
    );
  return new Set(rows.map((row) => row.id));
}

/** Products by their uids, deleted ones too, held until the transaction ends. */
export async function lockProductsByUid(
  transaction: Transaction,
  tenant: BusinessUid,
  uids: readonly string[],
): Promise<ReadonlyMap<string, StoredProduct>> {
  if (uids.length === 0) return new Map();
  const rows = await transaction
    .select()
    .from(products)
    .where(and(eq(products.tenant, tenant), inArray(products.uid, [...uids] as ProductUid[])))
    .for('update');
  return new Map(rows.map((row) => [row.uid, toProduct(row)]));
}

/** Which of the codes a product of the tenant holds, by the form in which codes are compared. */
export async function heldCodeKeys(
  transaction: Transaction,
  tenant: BusinessUid,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await transaction
    .select({ key: products.codeKey, uid: products.uid })
    .from(products)
    .where(and(eq(products.tenant, tenant), inArray(products.codeKey, [...keys])));
  return new Map(rows.flatMap(({ key, uid }) => (key === null ? [] : [[key, uid] as const])));
}

/** The ids of products by their uids, and the other way. */
export async function productIdsOf(
  scope: Database | Transaction,
  tenant: BusinessUid,
  uids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (uids.length === 0) return new Map();
  const rows = await scope
    .select({ id: products.id, uid: products.uid })
    .from(products)
    .where(and(eq(products.tenant, tenant), inArray(products.uid, [...uids] as ProductUid[])));
  return new Map(rows.map(({ id, uid }) => [uid, id]));
}

export async function productUidsOf(
  scope: Database | Transaction,
  tenant: BusinessUid,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ProductUid>> {
  if (ids.length === 0) return new Map();
  const rows = await scope
    .select({ id: products.id, uid: products.uid })
    .from(products)
    .where(and(eq(products.tenant, tenant), inArray(products.id, [...ids])));
  return new Map(rows.map(({ id, uid }) => [id, uid]));
}

/** A product as a device told it; `id` is null until it is first kept. */
export type ToldProduct = Omit<StoredProduct, 'id'> & {
  readonly id: number | null;
  readonly holdsCode: boolean;
};

/**
 * Keeps products that a device told: new, or in place of what is there. Sync refuses nobody for a
 * code; who comes second has none that REST could find it by.
 */
export async function storeProducts(
  transaction: Transaction,
  tenant: BusinessUid,
  told: readonly ToldProduct[],
): Promise<void> {
  const added = [];
  for (const { id, holdsCode, ...kept } of told) {
    const row = { ...toRow(kept), ...(holdsCode ? {} : { codeKey: null }) };
    if (id === null) added.push({ ...row, tenant });
    else await transaction.update(products).set(row).where(isProduct(tenant, id));
  }
  await insertRows(transaction, products, added);
}

/** Throws the database's duplicate error when another product holds the code. */
export async function insertProduct(
  transaction: Transaction,
  tenant: BusinessUid,
  product: Product,
  now: Date,
): Promise<StoredProduct> {
  const kept = { ...product, revision: 1, deletedAt: null, createdAt: now, updatedAt: now };
  const [{ insertId }] = await transaction.insert(products).values({ ...toRow(kept), tenant });
  return { ...kept, id: insertId };
}

/** Keeps a product that `lockProduct` has locked; throws as `insertProduct` does. */
export async function saveProduct(
  transaction: Transaction,
  tenant: BusinessUid,
  product: StoredProduct,
): Promise<void> {
  const { id, ...kept } = product;
  await transaction.update(products).set(toRow(kept)).where(isProduct(tenant, id));
}

function toRow(product: Omit<StoredProduct, 'id'>) {
  const { tax, ...values } = product;
  return {
    ...values,
    ...taxColumnsOf(tax),
    codeKey: product.deletedAt === null ? codeKeyOf(product.code) : null,
    search: searchTextOf(product),
  };
}

function toProduct(row: typeof products.$inferSelect): StoredProduct {
  return {
    id: row.id,
    uid: row.uid,
    revision: row.revision,
    code: row.code,
    name: row.name,
    unit: row.unit,
    unitPrice: row.unitPrice,
    currency: row.currency,
    tax: taxOf(row),
    archivedAt: row.archivedAt,
    deletedAt: row.deletedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function isProduct(tenant: BusinessUid, id: number) {
  return and(eq(products.tenant, tenant), eq(products.id, id));
}
