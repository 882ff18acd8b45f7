import type { ClientRecord } from '../../../../src/shared/contracts/sync/records';
import { addressOfText } from '../../../../src/shared/domain/address-of-text';
import { optionalEmail } from '../../../../src/shared/domain/party';
import type { Address } from '../../../../src/shared/domain/party';
import { composed } from './client';
import type { Client } from './client';

/** What a client is on devices that REST does not know. */
const UNKNOWN_TO_REST = {
  currency: null,
  formats: null,
  terms: null,
  taxCodeUid: null,
  notes: '',
} as const;

/** A client with what a person cannot describe. */
interface Kept extends Client {
  readonly createdAt: Date;
}

/**
 * A client that REST made or changed, as devices know it. `before` is what they know already: what
 * REST does not show stays, and so does an address that did not change.
 */
export function wireOf(
  client: Kept,
  before: { readonly record: ClientRecord; readonly address: string } | null,
  homeCountry: string,
): ClientRecord {
  const keepsAddress = before !== null && before.address === client.address;
  return {
    ...(before?.record ?? { ...UNKNOWN_TO_REST, createdAt: client.createdAt.toISOString() }),
    uid: client.uid,
    name: client.name,
    contactName: client.contactName,
    // REST once took addresses that the domain would not.
    email: optionalEmail.safeParse(client.email).success ? client.email : '',
    phone: client.phone,
    address: keepsAddress ? before.record.address : partsOf(client, homeCountry),
    vatNumber: client.vatNumber,
    companyNumber: client.companyNumber,
    language: client.language,
    remindersPaused: client.remindersPaused,
    archivedAt: archivedAt(client.archivedAt, before?.record.archivedAt ?? null),
  };
}

function archivedAt(now: Date | null, before: string | null): string | null {
  return now === null ? null : (before ?? now.toISOString());
}

/** An address of more text than the parts hold is cut: the whole text stays with REST. */
function partsOf({ address, postalAddress }: Client, homeCountry: string): Address {
  if (postalAddress !== null) return postalAddress;
  const whole = addressOfText(address, homeCountry);
  if (whole !== null) return whole;
  const line = (from: number) =>
    address
      .replaceAll(/\s+/gu, ' ')
      .slice(from, from + 120)
      .trim();
  return {
    line1: line(0),
    line2: line(120),
    postalCode: '',
    city: line(240),
    region: line(360),
    country: homeCountry,
  };
}

/**
 * A client as a device told it. An address that the device did not change keeps the text that REST
 * has for it.
 */
export function clientOf(
  record: ClientRecord,
  before: { readonly client: Client; readonly record: ClientRecord } | null,
  isSameAddress: boolean,
  now: Date,
): Client {
  const { uid, name, contactName, email, phone, vatNumber, companyNumber } = record;
  const address =
    before !== null && isSameAddress
      ? { address: before.client.address, postalAddress: before.client.postalAddress }
      : { address: composed(record.address), postalAddress: record.address };
  return {
    uid,
    name,
    contactName,
    email,
    phone,
    ...address,
    vatNumber,
    companyNumber,
    language: record.language,
    remindersPaused: record.remindersPaused,
    // By the clock of the cloud: a device's own may stand anywhere.
    archivedAt: record.archivedAt === null ? null : (before?.client.archivedAt ?? now),
  };
}
