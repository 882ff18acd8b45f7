import { z } from 'zod';

import { instant } from './calendar-date';
import { taxCodeUid } from './ids';
import { PERCENT_SCALE } from './money';
import { line, text } from './text';

export const taxCategory = z.enum([
  'standard',
  'reduced',
  'zero',
  'exempt',
  'reverse_charge',
  'intra_community',
  'export',
  'outside_scope',
]);
export type TaxCategory = z.infer<typeof taxCategory>;

/** Only these categories carry a rate above zero. */
export const RATED_CATEGORIES: readonly TaxCategory[] = ['standard', 'reduced'];

/** Languages a document can be printed in. */
export const documentLanguage = z.enum(['en', 'de', 'fr', 'es', 'it', 'nl', 'pl']);
export type DocumentLanguage = z.infer<typeof documentLanguage>;

/** Text printed on paper, by language; a missing language falls back to English, then to any. */
export const localizedText = z.partialRecord(documentLanguage, text(300));
export type LocalizedText = z.infer<typeof localizedText>;

const taxCodeFields = {
  /** What a person picks and the summary prints: "VAT 20 %". */
  name: line(60, 1),
  category: taxCategory,
  /** Thousandths of a percent: 8.875 % is 8875. */
  rate: z.int().min(0).max(PERCENT_SCALE),
};

/** A tax code as the business keeps it. */
export const taxCode = z.object({
  uid: taxCodeUid,
  ...taxCodeFields,
  /** The reason printed for exempt, reverse charge and the like, by language. */
  reasons: localizedText,
  archivedAt: instant.nullable(),
});
export type TaxCode = z.infer<typeof taxCode>;

/** What a person fills in about a tax code. */
export const taxCodeInput = taxCode.omit({ uid: true, archivedAt: true });

/** The tax code as copied onto a line: later changes of the code never reach it. */
export const taxSnapshot = z.object({
  uid: taxCodeUid,
  ...taxCodeFields,
  reasons: localizedText,
});
export type TaxSnapshot = z.infer<typeof taxSnapshot>;

export function snapshotOf(code: TaxCode): TaxSnapshot {
  const { uid, name, category, rate, reasons } = code;
  return { uid, name, category, rate, reasons };
}

/** The reason in the document's language, else English, else any, else empty. */
export function localized(text: LocalizedText, language: DocumentLanguage): string {
  return text[language] ?? text.en ?? Object.values(text)[0] ?? '';
}
