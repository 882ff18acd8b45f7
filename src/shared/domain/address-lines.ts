import type { Address } from './party';

export interface AddressContext {
  /** Country of the reader's own business; its name is left out. Empty always prints the country. */
  readonly homeCountry: string;
  /** Name of the address's country in the document's language. */
  readonly countryName: string;
}

/** How the line (or lines) with the city are built, `P` postal code, `C` city, `R` region. */
type CityFormat = readonly string[];

const POSTCODE_FIRST: CityFormat = ['P C', 'R'];

/**
 * Orders that differ from "postal code, city, then region", after the Universal Postal Union's
 * country sheets, for addresses in the Latin alphabet. Each string is one line of the label.
 */
const FORMATS: readonly { readonly countries: string; readonly lines: CityFormat }[] = [
  { countries: 'US CA AU PR GU VI AS MP UM', lines: ['C R P'] },
  {
    countries: 'GB IE GG JE IM GI FK BM SH IO HK AE QA ZA NG KE RU UA BY KZ',
    lines: ['C', 'R', 'P'],
  },
  { countries: 'NZ TH TW SG', lines: ['C P', 'R'] },
  { countries: 'IN PK BD LK NP', lines: ['C P', 'R'] },
  { countries: 'JP KR CN', lines: ['C, R', 'P'] },
  { countries: 'BR', lines: ['C-R', 'P'] },
  { countries: 'MX', lines: ['P C, R'] },
  { countries: 'IT', lines: ['P C R'] },
  { countries: 'ES', lines: ['P C', 'R'] },
];

const FORMAT_OF: ReadonlyMap<string, CityFormat> = new Map(
  FORMATS.flatMap(({ countries, lines }) =>
    countries.split(' ').map((country): [string, CityFormat] => [country, lines]),
  ),
);

/**
 * The lines of a postal address below the name, in the order of its own country, without empty
 * ones. The country stands last, in capitals, and only when it is abroad (UPU S42). Used on paper,
 * on screens and for the composed `address` of the REST contract.
 */
export function addressLines(address: Address, context: AddressContext): readonly string[] {
  const format = FORMAT_OF.get(address.country) ?? POSTCODE_FIRST;
  const lines = [
    address.line1,
    address.line2,
    ...format.map((template) => fill(template, address)),
    address.country === context.homeCountry ? '' : context.countryName.toUpperCase(),
  ];
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** Fills a template; a separator stays only between two parts that are there. */
function fill(template: string, address: Address): string {
  const parts: Readonly<Record<string, string>> = {
    P: address.postalCode.trim(),
    C: address.city.trim(),
    R: address.region.trim(),
  };
  const tokens = template.match(/[PCR]|[^PCR]+/g) ?? [];
  let line = '';
  let separator = '';
  for (const token of tokens) {
    const part = parts[token];
    if (part === undefined) separator = token;
    else if (part !== '') {
      line += line === '' ? part : separator + part;
    }
  }
  return line;
}
