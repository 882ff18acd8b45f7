import type { z } from 'zod';

import type { clientRoutes } from '../../../../src/shared/contracts/rest-v1/clients';
import { addressLines } from '../../../../src/shared/domain/address-lines';
import { countryName } from '../../../../src/shared/domain/country-names';
import { fold } from '../../../../src/shared/domain/fold';
import type { ClientUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Address } from '../../../../src/shared/domain/party';
import type { DocumentLanguage } from '../../../../src/shared/domain/tax';

export type ClientInput = z.output<typeof clientRoutes.createClient.body>;
export type ClientChange = z.output<typeof clientRoutes.updateClient.body>;

/** A client as a person describes it. */
export interface Client {
  readonly uid: ClientUid;
  readonly name: string;
  readonly contactName: string;
  readonly email: string;
  readonly phone: string;
  /** Composed from `postalAddress` where that is known. */
  readonly address: string;
  readonly postalAddress: Address | null;
  readonly vatNumber: string;
  readonly companyNumber: string;
  readonly language: DocumentLanguage | null;
  readonly remindersPaused: boolean;
  readonly archivedAt: Date | null;
}

export function newClient(input: ClientInput): Client {
  const postalAddress = input.postal_address ?? null;
  return {
    uid: newUid(),
    name: input.name,
    contactName: input.contact_name ?? '',
    email: input.email,
    phone: input.phone ?? '',
    address: postalAddress === null ? (input.address ?? '') : composed(postalAddress),
    postalAddress,
    vatNumber: input.vat_number ?? '',
    companyNumber: input.company_number ?? '',
    language: input.language ?? null,
    remindersPaused: input.reminders_paused ?? false,
    archivedAt: null,
  };
}

/** The client after a change; what the change leaves out stays. */
export function changedClient<C extends Client>(client: C, change: ClientChange, now: Date): C {
  return {
    ...client,
    name: change.name ?? client.name,
    contactName: change.contact_name ?? client.contactName,
    email: change.email ?? client.email,
    phone: change.phone ?? client.phone,
    ...changedAddress(client, change),
    vatNumber: change.vat_number ?? client.vatNumber,
    companyNumber: change.company_number ?? client.companyNumber,
    language: change.language === undefined ? client.language : change.language,
    remindersPaused: change.reminders_paused ?? client.remindersPaused,
    archivedAt:
      change.archived === undefined
        ? client.archivedAt
        : change.archived
          ? (client.archivedAt ?? now)
          : null,
  };
}

/**
 * Parts lead. A text alone takes the place of the parts, unless it is the one that was composed of
 * them: whoever sends back what was read changes nothing. Without its parts the text stays.
 */
function changedAddress(
  client: Client,
  change: ClientChange,
): Pick<Client, 'address' | 'postalAddress'> {
  const { address = client.address, postal_address: postalAddress } = change;
  if (postalAddress) return { address: composed(postalAddress), postalAddress };
  const keepsParts = postalAddress === undefined && address === client.address;
  return { address, postalAddress: keepsParts ? client.postalAddress : null };
}

/** Its readers' own country is not known here, so the country is always named. */
export function composed(address: Address): string {
  return addressLines(address, {
    homeCountry: '',
    countryName: countryName(address.country, 'en'),
  }).join('\n');
}

/** What no two clients of a business share as far as REST makes them. */
export function emailKeyOf(email: string): string {
  return email.toLowerCase();
}

/** What a search looks into. */
export function searchTextOf(client: Pick<Client, 'name' | 'contactName' | 'email'>): string {
  return [client.name, client.contactName, client.email]
    .map(fold)
    .join('\n')
    .slice(0, SEARCH_LENGTH);
}

/** In UTF-16 units, which are never fewer than the characters that the column counts. */
const SEARCH_LENGTH = 4000;
