import type { LineTax } from '../../../../src/shared/contracts/rest-v1/line-numbers';

/** A tax as the columns of lines and products hold it. */
export interface TaxColumns {
  readonly taxName: string;
  readonly taxCategory: LineTax['category'];
  readonly taxRate: number;
  readonly taxReason: string;
}

export function taxOf(row: TaxColumns): LineTax {
  const { taxName: name, taxCategory: category, taxRate: rate, taxReason: reason } = row;
  return { name, category, rate, reason };
}

export function taxColumnsOf({ name, category, rate, reason }: LineTax): TaxColumns {
  return { taxName: name, taxCategory: category, taxRate: rate, taxReason: reason };
}
