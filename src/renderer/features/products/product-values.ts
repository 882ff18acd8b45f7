import type { Business } from '../../../shared/domain/business';
import type { CurrencyCode } from '../../../shared/domain/currency';
import type { TaxCodeUid } from '../../../shared/domain/ids';
import type { Product } from '../../../shared/domain/product';

/** A product as its form holds it: a price may be missing while it is typed. */
export interface ProductValues {
  readonly name: string;
  readonly code: string;
  readonly unit: string;
  readonly unitPrice: number | null;
  readonly currency: CurrencyCode;
  readonly taxCodeUid: TaxCodeUid | null;
}

export function emptyProduct(business: Business): ProductValues {
  return {
    name: '',
    code: '',
    unit: '',
    unitPrice: null,
    currency: business.currency,
    taxCodeUid: null,
  };
}

/** What of a saved product a person can change. */
export function valuesOf(product: Product): ProductValues {
  const { name, code, unit, unitPrice, currency, taxCodeUid } = product;
  return { name, code, unit, unitPrice, currency, taxCodeUid };
}
