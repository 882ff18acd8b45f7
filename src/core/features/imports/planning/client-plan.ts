import type { ClientInput } from '../../../../shared/domain/client';
import { clientInput } from '../../../../shared/domain/client';
import { fold } from '../../../../shared/domain/fold';
import type { Address } from '../../../../shared/domain/party';
import { parseInput } from '../../../host/issues';
import type { RowReader } from './row-reader';
import { firstEmail, parseCountry, parseLanguage, parseTerms } from './values';

/** A client as the file gives it. */
export interface ClientPlan {
  readonly line: number;
  /** What a second import of the same client is recognised by. */
  readonly key: string;
  readonly input: ClientInput;
}

/** Clients are told apart by their name and e-mail, however they are capitalised or accented. */
export function clientKey(client: { readonly name: string; readonly email: string }): string {
  return `${fold(client.name).replace(/\s+/gu, ' ').trim()}\n${client.email.toLowerCase()}`;
}

/** Reads a client; issues are added to the reader, null with any. */
export function planClient(reader: RowReader): ClientPlan | null {
  const { email, others } = firstEmail(reader.text('email'));
  const person = [reader.text('firstName'), reader.text('lastName')].filter(Boolean).join(' ');
  const given = reader.text('name');
  const contact = reader.text('contactName') || person;
  const name = given || contact || email;
  const terms = parseTerms(reader.text('terms'));
  const input = {
    name,
    contactName: fold(contact) === fold(name) ? '' : contact,
    email,
    phone: reader.text('phone') || reader.text('mobile'),
    address: readAddress(reader),
    vatNumber: reader.text('vatNumber'),
    companyNumber: reader.text('companyNumber'),
    currency: reader.currency('currency'),
    language: parseLanguage(reader.text('language')),
    formats: null,
    terms,
    taxCodeUid: null,
    remindersPaused: false,
    notes: notesOf(reader, others, terms !== null),
  };
  const parsed = parseInput(clientInput, input);
  if (!parsed.ok) {
    for (const { field, code, params } of parsed.error) {
      reader.refuse(
        fieldOfImport(field),
        code === 'invalid' && field === 'email' ? 'email_invalid' : code,
        params,
      );
    }
  }
  if (!parsed.ok || reader.issues.length > 0) return null;
  return { line: reader.row.line, key: clientKey(parsed.value), input: parsed.value };
}

/** What has no field of its own is kept where the bookkeeper finds it. */
function notesOf(reader: RowReader, otherEmails: string, areTermsKnown: boolean): string {
  const terms = reader.text('terms');
  const mobile = reader.text('phone') === '' ? '' : reader.text('mobile');
  return [reader.text('notes'), otherEmails, mobile, areTermsKnown ? '' : terms]
    .filter((text) => text !== '')
    .join('\n');
}

/** The address of a row; without a country it is the business's own. */
export function readAddress(reader: RowReader): Address {
  const [line1 = '', ...rest] = splitStreet(reader);
  const country = reader.text('country');
  const code = country === '' ? reader.reading.business.address.country : parseCountry(country);
  if (code === null) reader.refuse('country', 'country_unknown', { value: country.slice(0, 60) });
  return {
    line1,
    line2: [...rest, reader.text('address2')].filter(Boolean).join(', '),
    postalCode: reader.text('postalCode'),
    city: reader.text('city'),
    region: reader.text('region'),
    country: code ?? reader.reading.business.address.country,
  };
}

/** A cell may hold the whole address: by lines, or by commas where the city has no column. */
function splitStreet(reader: RowReader): readonly string[] {
  const street = reader.text('address1');
  const parts = street.includes('\n')
    ? street.split('\n')
    : reader.reading.mapping['city'] === undefined
      ? street.split(/,\s+/u)
      : [street];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** `address.line1` → `address1`: the names by which the mapping knows them. */
export function fieldOfImport(path: string): string {
  const field = path.replace(/^address\./, '');
  if (field === 'line1') return 'address1';
  return field === 'line2' ? 'address2' : field;
}
