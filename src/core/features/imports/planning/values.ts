import { COUNTRY_CODES, countryName, isCountry } from '../../../../shared/domain/country-names';
import { fold } from '../../../../shared/domain/fold';
import type { PaymentTerms } from '../../../../shared/domain/payment-terms';
import type { DocumentLanguage } from '../../../../shared/domain/tax';
import { documentLanguage } from '../../../../shared/domain/tax';

const COUNTRY_ALIASES: Readonly<Record<string, string>> = {
  usa: 'US',
  us: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'republic of ireland': 'IE',
  'czech republic': 'CZ',
  turkey: 'TR',
  'south korea': 'KR',
  russia: 'RU',
  vietnam: 'VN',
  uae: 'AE',
  gbr: 'GB',
  deu: 'DE',
  fra: 'FR',
  esp: 'ES',
  ita: 'IT',
  nld: 'NL',
  pol: 'PL',
  aut: 'AT',
  che: 'CH',
  bel: 'BE',
  irl: 'IE',
  can: 'CA',
  aus: 'AU',
  nzl: 'NZ',
  jpn: 'JP',
  chn: 'CN',
  日本: 'JP',
  中国: 'CN',
  한국: 'KR',
  대한민국: 'KR',
  россия: 'RU',
  україна: 'UA',
  ελλαδα: 'GR',
  cesko: 'CZ',
  magyarorszag: 'HU',
  sverige: 'SE',
  danmark: 'DK',
  norge: 'NO',
  suomi: 'FI',
};

let countries: ReadonlyMap<string, string> | null = null;

function countryNames(): ReadonlyMap<string, string> {
  if (countries) return countries;
  const names = new Map<string, string>();
  for (const code of COUNTRY_CODES) {
    for (const language of documentLanguage.options) {
      names.set(fold(countryName(code, language)), code);
    }
  }
  for (const [name, code] of Object.entries(COUNTRY_ALIASES)) names.set(fold(name), code);
  countries = names;
  return names;
}

/** ISO code of a country given by code or name in any language of documents; null when unknown. */
export function parseCountry(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && isCountry(code)) return code;
  return countryNames().get(fold(text.trim())) ?? null;
}

/** Terms as the programs write them (`Net 30`, `Due on receipt`, `15`); null when unclear. */
export function parseTerms(text: string): PaymentTerms | null {
  const folded = fold(text.trim());
  if (folded === '') return null;
  if (/receipt|sofort|immediate|reception|contado|vista|natychmiast|^0$/.test(folded)) {
    return { kind: 'on_receipt' };
  }
  const days =
    /(?:net|netto|nets?)\s*(\d{1,3})|^(\d{1,3})(?:\s|$)|(\d{1,3})\s*(?:days|tage|jours|dias|giorni|dagen|dni)/.exec(
      folded,
    );
  const count = Number(days?.[1] ?? days?.[2] ?? days?.[3] ?? Number.NaN);
  const isEndOfMonth = /end of|eom|monatsende|fin de m|fine mese|einde maand/.test(folded);
  if (isEndOfMonth) return { kind: 'end_of_month', days: Number.isNaN(count) ? 0 : count };
  return Number.isNaN(count) || count > 365 ? null : { kind: 'net_days', days: count };
}

const LANGUAGE_NAMES: Readonly<Record<string, DocumentLanguage>> = {
  english: 'en',
  german: 'de',
  deutsch: 'de',
  french: 'fr',
  francais: 'fr',
  spanish: 'es',
  espanol: 'es',
  italian: 'it',
  italiano: 'it',
  dutch: 'nl',
  nederlands: 'nl',
  polish: 'pl',
  polski: 'pl',
};

/** A language of documents by code (`de`, `de-AT`) or name; null when it is none of them. */
export function parseLanguage(text: string): DocumentLanguage | null {
  const folded = fold(text.trim());
  const parsed = documentLanguage.safeParse(folded.slice(0, 2));
  if (parsed.success && /^[a-z]{2}(?:[-_].*)?$/.test(folded)) return parsed.data;
  return LANGUAGE_NAMES[folded] ?? null;
}

/** Yes or no as programs write it; null when empty or neither. */
export function parseYesNo(text: string): boolean | null {
  const folded = fold(text.trim());
  if (/^(true|yes|y|1|ja|oui|si|tak|x|inclusive|inkl)$/.test(folded)) return true;
  return /^(false|no|n|0|nein|non|nie|nee|exclusive)$/.test(folded) ? false : null;
}

/** The first of several addresses in a cell. */
export function firstEmail(text: string): { readonly email: string; readonly others: string } {
  const parts = text
    .split(/[,;\s]+/u)
    .map((part) => part.replace(/^<|>$/g, ''))
    .filter((part) => part !== '');
  const [email = '', ...others] = parts;
  return { email, others: others.join(', ') };
}

/** What an old program says about an invoice. */
export type StatedStatus = 'draft' | 'void' | 'paid' | 'open';

const STATUS_WORDS: readonly (readonly [StatedStatus, RegExp])[] = [
  ['void', /void|cancel|delet|storn|annul|anulad|annull|geannuleerd|anulowan|rejected/],
  ['draft', /draft|entwurf|brouillon|borrador|bozza|concept|szkic|robocz|submitted|pending appr/],
  [
    'open',
    /unpaid|not paid|partial|part.?paid|awaiting|unbezahlt|nicht bezahlt|impaye|non paye|teil|pendiente|nieoplac|niezaplac|czesciow|overdue/,
  ],
  [
    'paid',
    /paid|closed|settled|deposited|bezahlt|beglichen|paye|regle|pagad|cobrad|pagat|saldat|betaald|oplac|zaplac|入金済|已付/,
  ],
];

/** Anything that says neither draft, void nor paid is an open invoice. */
export function parseStatus(text: string): StatedStatus | null {
  const folded = fold(text.trim());
  if (folded === '') return null;
  return STATUS_WORDS.find(([, pattern]) => pattern.test(folded))?.[0] ?? 'open';
}

export type StatedType = 'invoice' | 'paid_invoice' | 'credit_note' | 'other';

/** The kind of document that a row of a mixed list stands for; empty means an invoice. */
export function parseType(text: string): StatedType {
  const folded = fold(text.trim());
  if (folded === '') return 'invoice';
  if (/credit|gutschrift|avoir|abono|rectificativa|nota di credito|korekt|refund/.test(folded)) {
    return 'credit_note';
  }
  if (/sales receipt/.test(folded)) return 'paid_invoice';
  const isInvoice = /invoice|rechnung|facture|factura|fattura|factuur|faktura|accrec|請求|发票/;
  return isInvoice.test(folded) && !/bill|accpay|purchase/.test(folded) ? 'invoice' : 'other';
}

/** A rate that stands in the name of a tax: `20% (VAT on Income)`. Thousandths of a percent. */
export function rateInName(name: string): number | null {
  const found = /(\d{1,3}(?:[.,]\d{1,3})?)\s*%/.exec(name);
  if (!found) return null;
  const rate = Math.round(Number((found[1] ?? '').replace(',', '.')) * 1_000);
  return rate <= 100_000 ? rate : null;
}
