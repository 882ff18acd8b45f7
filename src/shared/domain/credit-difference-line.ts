import type { CurrencyCode } from './currency';
import { decimalsOf } from './currency';
import type { LineUid, TaxCodeUid } from './ids';
import type { LineItem } from './line-item';
import type { MinorUnits } from './money';
import { QUANTITY_SCALE, UNIT_PRICE_SCALE } from './money';
import type { DocumentLanguage, TaxSnapshot } from './tax';

/** Not one of the business's tax codes: the same everywhere, so that later credits find it. */
const ROUNDING_TAX_UID = '01900000-0000-7000-8000-000000000001' as TaxCodeUid;

const ROUNDING_NAMES: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Rounding',
  de: 'Rundung',
  fr: 'Arrondi',
  es: 'Redondeo',
  it: 'Arrotondamento',
  nl: 'Afronding',
  pl: 'Zaokrąglenie',
};

/** What carries the rest that no tax rate fits, outside the scope of tax. */
export function roundingTax(language: DocumentLanguage): TaxSnapshot {
  return {
    uid: ROUNDING_TAX_UID,
    name: ROUNDING_NAMES[language],
    category: 'outside_scope',
    rate: 0,
    reasons: {},
  };
}

const DIFFERENCE_TEXTS: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Difference to the invoiced amount',
  de: 'Differenz zum Rechnungsbetrag',
  fr: 'Différence avec le montant facturé',
  es: 'Diferencia con el importe facturado',
  it: "Differenza rispetto all'importo fatturato",
  nl: 'Verschil met het gefactureerde bedrag',
  pl: 'Różnica do kwoty na fakturze',
};

/** One line of a credit note that carries an amount rather than goods. */
export function differenceLine(
  tax: TaxSnapshot,
  amount: MinorUnits,
  currency: CurrencyCode,
  language: DocumentLanguage,
  uid: LineUid,
): LineItem {
  return {
    uid,
    productUid: null,
    description: DIFFERENCE_TEXTS[language],
    unit: '',
    quantity: QUANTITY_SCALE,
    unitPrice: amount * (UNIT_PRICE_SCALE / 10 ** decimalsOf(currency)),
    discount: null,
    tax,
    sourceLineUid: null,
  };
}
