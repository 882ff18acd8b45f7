import { formatScaled } from './decimal';
import { languageFor } from './document-defaults';
import type { DocumentLanguage, LocalizedText, TaxCode } from './tax';

/** A tax code before it is kept. */
export type NewTaxCode = Omit<TaxCode, 'uid' | 'archivedAt'>;

/** Named in the language that the business writes in: names are printed in the tax summary. */
type TaxPreset = Omit<NewTaxCode, 'name' | 'rate'> & {
  readonly names: Readonly<Record<DocumentLanguage, string>>;
};

/** Members of the European Union by ISO 3166 (Greece is GR); Monaco is in its VAT territory. */
const EU_COUNTRIES: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK'.split(' '),
);

export function isInEuropeanUnion(country: string): boolean {
  return EU_COUNTRIES.has(country);
}

const NO_TAX_PRESET: TaxPreset = {
  names: {
    en: 'No tax',
    de: 'Keine Steuer',
    fr: 'Sans TVA',
    es: 'Sin impuesto',
    it: 'Senza imposta',
    nl: 'Geen btw',
    pl: 'Bez podatku',
  },
  category: 'outside_scope',
  reasons: {},
};

export const NO_TAX: NewTaxCode = named(NO_TAX_PRESET, 'en');

/** What taxes are called where only their rate is known. */
const TAX_NAMES: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Tax',
  de: 'Steuer',
  fr: 'TVA',
  es: 'IVA',
  it: 'IVA',
  nl: 'Btw',
  pl: 'VAT',
};

/** A name for a tax that has none, `Tax 7.7 %`; the rate in thousandths of a percent. */
export function taxNameOf(rate: number, language: DocumentLanguage): string {
  if (rate === 0) return NO_TAX_PRESET.names[language];
  const percent = formatScaled(rate, 3);
  return `${TAX_NAMES[language]} ${language === 'en' ? percent : percent.replace('.', ',')} %`;
}

/** The mention that Article 226 (11a) of Directive 2006/112/EC asks for, in its official wording. */
const REVERSE_CHARGE: LocalizedText = {
  en: 'Reverse charge',
  de: 'Steuerschuldnerschaft des Leistungsempfängers',
  fr: 'Autoliquidation',
  es: 'Inversión del sujeto pasivo',
  it: 'Inversione contabile',
  nl: 'Btw verlegd',
  pl: 'Odwrotne obciążenie',
};

const INTRA_COMMUNITY: LocalizedText = {
  en: 'VAT-exempt intra-Community supply (Art. 138 Directive 2006/112/EC)',
  de: 'Steuerfreie innergemeinschaftliche Lieferung (Art. 138 Richtlinie 2006/112/EG)',
  fr: 'Livraison intracommunautaire exonérée de TVA (art. 138 directive 2006/112/CE)',
  es: 'Entrega intracomunitaria exenta de IVA (art. 138 Directiva 2006/112/CE)',
  it: 'Cessione intracomunitaria non imponibile IVA (art. 138 direttiva 2006/112/CE)',
  nl: 'Intracommunautaire levering vrijgesteld van btw (art. 138 Richtlijn 2006/112/EG)',
  pl: 'Wewnątrzwspólnotowa dostawa towarów zwolniona z VAT (art. 138 dyrektywy 2006/112/WE)',
};

const EXPORT: LocalizedText = {
  en: 'VAT-exempt export (Art. 146 Directive 2006/112/EC)',
  de: 'Steuerfreie Ausfuhrlieferung (Art. 146 Richtlinie 2006/112/EG)',
  fr: 'Exportation exonérée de TVA (art. 146 directive 2006/112/CE)',
  es: 'Exportación exenta de IVA (art. 146 Directiva 2006/112/CE)',
  it: "Cessione all'esportazione non imponibile IVA (art. 146 direttiva 2006/112/CE)",
  nl: 'Uitvoer vrijgesteld van btw (art. 146 Richtlijn 2006/112/EG)',
  pl: 'Eksport towarów zwolniony z VAT (art. 146 dyrektywy 2006/112/WE)',
};

const EU_PRESETS: readonly TaxPreset[] = [
  {
    names: {
      en: 'Reverse charge',
      de: 'Reverse-Charge-Verfahren',
      fr: 'Autoliquidation',
      es: 'Inversión del sujeto pasivo',
      it: 'Inversione contabile',
      nl: 'Btw verlegd',
      pl: 'Odwrotne obciążenie',
    },
    category: 'reverse_charge',
    reasons: REVERSE_CHARGE,
  },
  {
    names: {
      en: 'Intra-Community supply',
      de: 'Innergemeinschaftliche Lieferung',
      fr: 'Livraison intracommunautaire',
      es: 'Entrega intracomunitaria',
      it: 'Cessione intracomunitaria',
      nl: 'Intracommunautaire levering',
      pl: 'Wewnątrzwspólnotowa dostawa',
    },
    category: 'intra_community',
    reasons: INTRA_COMMUNITY,
  },
  {
    names: {
      en: 'Export',
      de: 'Ausfuhrlieferung',
      fr: 'Exportation',
      es: 'Exportación',
      it: 'Esportazione',
      nl: 'Uitvoer',
      pl: 'Eksport',
    },
    category: 'export',
    reasons: EXPORT,
  },
];

/**
 * The tax codes that a new business starts with: always "No tax" first (DOMAIN 9), then the tax it
 * said it charges, and in the European Union the three cases without tax that need a printed reason.
 * They are called so in the language of its country.
 */
export function taxCodesForNewBusiness(
  country: string,
  chosen: { readonly name: string; readonly rate: number } | null,
): readonly NewTaxCode[] {
  const standard: readonly NewTaxCode[] =
    chosen === null
      ? []
      : [
          {
            name: chosen.name,
            category: chosen.rate > 0 ? 'standard' : 'zero',
            rate: chosen.rate,
            reasons: {},
          },
        ];
  const language = languageFor(country);
  return [
    named(NO_TAX_PRESET, language),
    ...standard,
    ...(isInEuropeanUnion(country) ? EU_PRESETS.map((preset) => named(preset, language)) : []),
  ];
}

function named({ names, ...preset }: TaxPreset, language: DocumentLanguage): NewTaxCode {
  return { name: names[language], ...preset, rate: 0 };
}
