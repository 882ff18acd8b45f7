import { COUNTRY_CODES } from '../../../../src/shared/domain/country-names';

/** Where most of a country's businesses are, for countries with several time zones. */
const MAIN_ZONES: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  ID: 'Asia/Jakarta',
  KZ: 'Asia/Almaty',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  US: 'America/New_York',
  UZ: 'Asia/Tashkent',
  VN: 'Asia/Ho_Chi_Minh',
};

/** Part of ECMA-402, not yet of TypeScript's library. */
interface WithTimeZones {
  getTimeZones?(): readonly string[] | undefined;
}

function zonesOf(country: string): readonly string[] {
  const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & WithTimeZones;
  return locale.getTimeZones?.() ?? [];
}

/** A first guess at the time zone of a business in a country; UTC where nothing tells. */
export function timeZoneFor(country: string): string {
  const zones = zonesOf(country);
  return MAIN_ZONES[country] ?? (zones.length === 1 ? zones[0] : undefined) ?? 'UTC';
}

/** The country that a time zone lies in, null where it is none's alone. */
export function countryOf(timeZone: string): string | null {
  return COUNTRY_CODES.find((country) => zonesOf(country).includes(timeZone)) ?? null;
}
