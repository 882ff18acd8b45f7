import type { BankDetails } from './party';
import type { Issue } from './result';
import { issue, unreachable } from './result';

/** Length of an IBAN by country, from the SWIFT IBAN registry. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 ' +
    'DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 ' +
    'IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 ' +
    'MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 ' +
    'SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;

/** An IBAN or BIC without spaces, in capitals: how it is compared, checked and put into codes. */
export function compactCode(text: string): string {
  return text.replace(/[\s-]/gu, '').toUpperCase();
}

/** An IBAN in groups of four, as it stands on paper. */
export function groupIban(iban: string): string {
  return compactCode(iban).replace(/(.{4})(?=.)/gu, '$1 ');
}

/**
 * Checks what can be checked without asking a bank: an IBAN's country, length and check digits
 * (ISO 13616, ISO 7064 mod 97-10), a BIC's shape (ISO 9362) and country, the length of UK numbers,
 * a US routing number's checksum (ABA). Fields are relative to the details.
 */
export function checkBankDetails(details: BankDetails): readonly Issue[] {
  switch (details.kind) {
    case 'iban':
      return [...checkIban(compactCode(details.iban)), ...checkBic(details.bic, details.iban)];
    case 'uk':
      return checkUkAccount(details.sortCode, details.accountNumber);
    case 'us':
      return isRoutingNumber(details.routingNumber)
        ? []
        : [issue('routingNumber', 'routing_number_invalid')];
    case 'other':
      return [];
    default:
      return unreachable(details);
  }
}

function checkIban(iban: string): readonly Issue[] {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return [issue('iban', 'iban_invalid')];
  const country = iban.slice(0, 2);
  const length = IBAN_LENGTHS.get(country);
  if (length === undefined) return [issue('iban', 'iban_country_unknown', { country })];
  if (iban.length !== length) {
    return [issue('iban', 'iban_length', { country, expected: length, actual: iban.length })];
  }
  return remainder97(iban.slice(4) + iban.slice(0, 4)) === 1
    ? []
    : [issue('iban', 'iban_check_digits')];
}

/** Letters count as 10 to 35; the remainder is taken digit by digit, so no number grows large. */
function remainder97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** Banks of these places hold accounts under the IBAN country of another. */
const BIC_COUNTRY_OF_IBAN: ReadonlyMap<string, string> = new Map([
  ['FR', 'FR MC GF GP MQ RE PM YT BL MF NC PF WF TF'],
  ['GB', 'GB GG IM JE'],
  ['FI', 'FI AX'],
]);

function checkBic(text: string, iban: string): readonly Issue[] {
  const bic = compactCode(text);
  if (bic === '') return [];
  if (!BIC.test(bic)) return [issue('bic', 'bic_invalid')];
  const country = compactCode(iban).slice(0, 2);
  const accepted = BIC_COUNTRY_OF_IBAN.get(country) ?? country;
  return accepted.split(' ').includes(bic.slice(4, 6))
    ? []
    : [issue('bic', 'bic_country_mismatch', { country })];
}

function checkUkAccount(sortCode: string, accountNumber: string): readonly Issue[] {
  const issues: Issue[] = [];
  if (!/^\d{6}$/.test(sortCode.replace(/[\s-]/gu, ''))) {
    issues.push(issue('sortCode', 'sort_code_invalid'));
  }
  if (!/^\d{6,8}$/.test(accountNumber)) {
    issues.push(issue('accountNumber', 'account_number_invalid'));
  }
  return issues;
}

function isRoutingNumber(number: string): boolean {
  if (!/^\d{9}$/.test(number) || number === '000000000') return false;
  const weights = [3, 7, 1];
  const sum = Array.from(number, Number).reduce(
    (total, digit, index) => total + digit * (weights[index % 3] ?? 0),
    0,
  );
  return sum % 10 === 0;
}
