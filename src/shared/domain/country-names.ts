import { COUNTRY_NAME_LANGUAGES, COUNTRY_NAME_ROWS } from './country-names-data';
import type { DocumentLanguage } from './tax';

type Names = ReadonlyMap<DocumentLanguage, string>;

const NAMES: ReadonlyMap<string, Names> = new Map(COUNTRY_NAME_ROWS.map(readRow));

function readRow(row: string): readonly [string, Names] {
  const [code = '', ...names] = row.split('|');
  return [
    code,
    new Map(COUNTRY_NAME_LANGUAGES.map((language, index) => [language, names[index] ?? code])),
  ];
}

/** All ISO 3166-1 alpha-2 codes, sorted. */
export const COUNTRY_CODES: readonly string[] = [...NAMES.keys()];

export function isCountry(code: string): boolean {
  return NAMES.has(code);
}

/** The country's name in a document language; the code itself where it is unknown. */
export function countryName(code: string, language: DocumentLanguage): string {
  return NAMES.get(code)?.get(language) ?? code;
}
