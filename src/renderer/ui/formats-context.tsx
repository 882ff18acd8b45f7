import type { ReactNode } from 'react';
import { createContext, useContext, useMemo } from 'react';

import type { CurrencyCode } from '../../shared/domain/currency';
import type { DocumentFormats } from '../../shared/domain/document-style';
import * as format from './format';

/** Formats of the current business, bound: components format without knowing the locale. */
export interface Formats {
  readonly locale: DocumentFormats;
  /** Amounts in it are shown without a code. */
  readonly homeCurrency: CurrencyCode;
  readonly amount: (amount: number, currency: CurrencyCode) => string;
  /** With the code in front where the currency is foreign: `USD 1,234.50`. */
  readonly money: (amount: number, currency: CurrencyCode) => string;
  readonly quantity: (quantity: number) => string;
  readonly unitPrice: (price: number, currency: CurrencyCode) => string;
  readonly percent: (percent: number) => string;
  readonly count: (count: number) => string;
  readonly date: (date: string) => string;
  readonly instant: (instant: string) => string;
  readonly time: (instant: string) => string;
  readonly bytes: (bytes: number) => string;
}

export function makeFormats(locale: DocumentFormats, homeCurrency: CurrencyCode): Formats {
  const amount: Formats['amount'] = (value, currency) =>
    format.formatAmount(locale, value, currency);
  return {
    locale,
    homeCurrency,
    amount,
    money: (value, currency) =>
      currency === homeCurrency
        ? amount(value, currency)
        : `${currency}\u00a0${amount(value, currency)}`,
    quantity: (value) => format.formatQuantity(locale, value),
    unitPrice: (value, currency) => format.formatUnitPrice(locale, value, currency),
    percent: (value) => format.formatPercent(locale, value),
    count: (value) => format.formatCount(locale, value),
    date: (value) => format.formatDate(locale, value),
    instant: (value) => format.formatInstant(locale, value),
    time: (value) => format.formatTime(locale, value),
    bytes: (value) => format.formatBytes(locale, value),
  };
}

const FormatsContext = createContext<Formats>(makeFormats('en-GB', 'EUR' as CurrencyCode));

interface FormatsProviderProps {
  readonly locale: DocumentFormats;
  readonly homeCurrency: CurrencyCode;
  readonly children: ReactNode;
}

export function FormatsProvider({ locale, homeCurrency, children }: FormatsProviderProps) {
  const formats = useMemo(() => makeFormats(locale, homeCurrency), [locale, homeCurrency]);
  return <FormatsContext value={formats}>{children}</FormatsContext>;
}

export function useFormats(): Formats {
  return useContext(FormatsContext);
}
