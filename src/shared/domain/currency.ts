import { z } from 'zod';

/**
 * ISO 4217 currencies with 0 to 2 decimals, as their published minor units say.
 * Currencies with three or four decimals (and funds codes) are refused by name: an amount is an
 * integer of minor units and everything that prints one knows at most two decimals.
 */
const ZERO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const TWO_DECIMALS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD ' +
  'CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD ' +
  'HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD ' +
  'MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON ' +
  'RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD ' +
  'TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';
/** Real currencies that are refused because of their three decimals. */
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND';

export type CurrencyDecimals = 0 | 2;

const DECIMALS: ReadonlyMap<string, CurrencyDecimals> = new Map([
  ...ZERO_DECIMALS.split(' ').map((code): [string, CurrencyDecimals] => [code, 0]),
  ...TWO_DECIMALS.split(' ').map((code): [string, CurrencyDecimals] => [code, 2]),
]);
const REFUSED: ReadonlySet<string> = new Set(THREE_DECIMALS.split(' '));

/** All accepted codes, sorted, for choosing from a list. */
export const CURRENCY_CODES: readonly string[] = [...DECIMALS.keys()].sort();

/** ISO 4217 code. Issue codes: `currency_unsupported` (known, three decimals), `currency_unknown`. */
export const currencyCode = z
  .string()
  .superRefine((code, context) => {
    if (DECIMALS.has(code)) return;
    context.addIssue({
      code: 'custom',
      params: {
        code: REFUSED.has(code) ? 'currency_unsupported' : 'currency_unknown',
        currency: code,
      },
      message: `${code} is not a supported currency`,
    });
  })
  .brand<'CurrencyCode'>();

export type CurrencyCode = z.infer<typeof currencyCode>;

/** Number of decimals of an accepted currency. */
export function decimalsOf(currency: CurrencyCode): CurrencyDecimals {
  const decimals = DECIMALS.get(currency);
  if (decimals === undefined) throw new Error(`currency without decimals: ${currency}`);
  return decimals;
}
