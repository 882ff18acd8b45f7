import type { FrozenDocument } from '../../domain/frozen-document';
import type { TaxSnapshot } from '../../domain/tax';
import { localized } from '../../domain/tax';
import type { Formatter } from '../locale/formats';

/** Whether the document says anything about tax: a business without tax prints none of it. */
export function showsTax(document: FrozenDocument): boolean {
  return document.totals.groups.some(
    ({ tax, taxAmount }) =>
      taxAmount !== 0 ||
      tax.category !== 'outside_scope' ||
      localized(tax.reasons, document.language) !== '',
  );
}

/** The code's name, with its rate where the name does not tell it. */
export function taxName(tax: TaxSnapshot, format: Formatter): string {
  return tax.rate === 0 || /\d/.test(tax.name)
    ? tax.name
    : `${tax.name} ${format.percent(tax.rate)}`;
}
