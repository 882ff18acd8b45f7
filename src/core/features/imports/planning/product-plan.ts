import { fold } from '../../../../shared/domain/fold';
import type { ProductInput } from '../../../../shared/domain/product';
import { productInput } from '../../../../shared/domain/product';
import { parseInput } from '../../../host/issues';
import { currencyOf, splitAmount } from '../reading/numbers';
import type { RowReader } from './row-reader';
import type { TaxWish } from './tax-wish';
import { taxWish } from './tax-wish';

/** A product as the file gives it; its tax code is found or made when it is stored. */
export interface ProductPlan {
  readonly line: number;
  readonly key: string;
  readonly input: Omit<ProductInput, 'taxCodeUid'>;
  /** Null where the file names no tax. */
  readonly tax: TaxWish | null;
}

/** Products are told apart by their code, those without one by name and currency. */
export function productKey(product: Pick<ProductInput, 'code' | 'name' | 'currency'>): string {
  return product.code === ''
    ? `name\n${fold(product.name)}\n${product.currency}`
    : `code\n${fold(product.code)}`;
}

/** Reads a product; issues are added to the reader, null with any. */
export function planProduct(reader: RowReader): ProductPlan | null {
  const { business } = reader.reading;
  const beside = currencyOf(splitAmount(reader.text('unitPrice')).currency);
  const input = {
    name: reader.text('name'),
    code: reader.text('code'),
    unit: reader.text('unit'),
    unitPrice: reader.number('unitPrice', 4) ?? 0,
    currency: reader.currency('currency') ?? beside ?? business.currency,
  };
  const taxName = reader.text('taxName');
  const rate = reader.percent('taxRate');
  const parsed = parseInput(productInput.omit({ taxCodeUid: true }), input);
  if (!parsed.ok) {
    for (const { field, code, params } of parsed.error) reader.refuse(field, code, params);
  }
  if (!parsed.ok || reader.issues.length > 0) return null;
  return {
    line: reader.row.line,
    key: productKey(parsed.value),
    input: parsed.value,
    tax: taxName === '' && rate === null ? null : taxWish(taxName, rate),
  };
}
