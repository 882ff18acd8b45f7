import { readTax } from '../../../../src/shared/contracts/rest-v1/line-numbers';
import type { ProductRecord } from '../../../../src/shared/contracts/sync/records';
import type { Product } from './product';

/** A product with what a person cannot describe. */
interface Kept extends Product {
  readonly createdAt: Date;
}

/**
 * A product that REST made or changed, as devices know it. Devices name a tax code of the business,
 * REST the tax in words: neither side changes the other's.
 */
export function wireProductOf(product: Kept, before: ProductRecord | null): ProductRecord {
  const { uid, code, name, unit, unitPrice, currency, archivedAt, createdAt } = product;
  return {
    code,
    name,
    unit,
    unitPrice,
    currency,
    taxCodeUid: before?.taxCodeUid ?? null,
    uid,
    archivedAt: archivedAt === null ? null : (before?.archivedAt ?? archivedAt.toISOString()),
    createdAt: before?.createdAt ?? createdAt.toISOString(),
  };
}

/** A product as a device told it; its tax in words stays what REST knows. */
export function productOfWire(record: ProductRecord, before: Product | null, now: Date): Product {
  const { uid, code, name, unit, unitPrice, currency, archivedAt } = record;
  return {
    uid,
    code,
    name,
    unit,
    unitPrice,
    currency,
    tax: before?.tax ?? readTax(undefined, 'tax', []),
    // By the clock of the cloud: a device's own may stand anywhere.
    archivedAt: archivedAt === null ? null : (before?.archivedAt ?? now),
  };
}
