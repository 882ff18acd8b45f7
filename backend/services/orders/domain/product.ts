import { isDeepStrictEqual } from 'node:util';

import type { z } from 'zod';

import type { LineTax } from '../../../../src/shared/contracts/rest-v1/line-numbers';
import {
  readScaled,
  readTax,
  UNIT_PRICE_DECIMALS,
} from '../../../../src/shared/contracts/rest-v1/line-numbers';
import type { orderRoutes } from '../../../../src/shared/contracts/rest-v1/orders';
import type { CurrencyCode } from '../../../../src/shared/domain/currency';
import { fold } from '../../../../src/shared/domain/fold';
import type { ProductUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Issue, Result } from '../../../../src/shared/domain/result';
import { ok, refusedFor } from '../../../../src/shared/domain/result';
import { readCurrency } from '../../../../src/shared/contracts/rest-v1/read-currency';

export type ProductInput = z.output<typeof orderRoutes.createProduct.body>;
export type ProductChange = z.output<typeof orderRoutes.updateProduct.body>;

/** A product as a person describes it. */
export interface Product {
  readonly uid: ProductUid;
  /** The business's own short code; empty for none. */
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** Ten-thousandths of the major unit. */
  readonly unitPrice: number;
  readonly currency: CurrencyCode;
  readonly tax: LineTax;
  readonly archivedAt: Date | null;
}

/** Tells `too_many_decimals`, `tax_rate_not_allowed`, `currency_unknown`, `currency_unsupported`. */
export function newProduct(input: ProductInput, homeCurrency: CurrencyCode): Result<Product> {
  const issues: Issue[] = [];
  const product: Product = {
    uid: newUid<ProductUid>(),
    code: input.code ?? '',
    name: input.name,
    unit: input.unit ?? '',
    unitPrice: readPrice(input.unit_price, issues),
    currency: readCurrency(input.currency, homeCurrency, issues),
    tax: readTax(input.tax, 'tax', issues),
    archivedAt: null,
  };
  return issues.length > 0 ? refusedFor(issues) : ok(product);
}

/** The product after a change; what the change leaves out stays. */
export function changedProduct(
  product: Product,
  change: ProductChange,
  now: Date,
): Result<Product> {
  const issues: Issue[] = [];
  const changed: Product = {
    uid: product.uid,
    code: change.code ?? product.code,
    name: change.name ?? product.name,
    unit: change.unit ?? product.unit,
    unitPrice:
      change.unit_price === undefined ? product.unitPrice : readPrice(change.unit_price, issues),
    currency: readCurrency(change.currency, product.currency, issues),
    tax: change.tax === undefined ? product.tax : readTax(change.tax, 'tax', issues),
    archivedAt:
      change.archived === undefined
        ? product.archivedAt
        : change.archived
          ? (product.archivedAt ?? now)
          : null,
  };
  return issues.length > 0 ? refusedFor(issues) : ok(changed);
}

function readPrice(price: number, issues: Issue[]): number {
  return readScaled(price, UNIT_PRICE_DECIMALS, 'unit_price', issues);
}

export function isSameProduct(one: Product, other: Product): boolean {
  return isDeepStrictEqual(one, other);
}

/** What no two products of a business share; null for none. Capitals make no difference. */
export function codeKeyOf(code: string): string | null {
  return code === '' ? null : code.toLowerCase();
}

/** In UTF-16 units, which are never fewer than the characters that the column counts. */
const SEARCH_LENGTH = 2000;

/** What a search looks into. */
export function searchTextOf(product: Pick<Product, 'code' | 'name'>): string {
  return [product.code, product.name].map(fold).join('\n').slice(0, SEARCH_LENGTH);
}
