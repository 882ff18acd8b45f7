import type { Business } from '../../../shared/domain/business';
import type { Client, ClientInput } from '../../../shared/domain/client';
import { clientInput } from '../../../shared/domain/client';

/** A client not yet written: everything follows the business. */
export function emptyClient(business: Business, name: string): ClientInput {
  return {
    name,
    contactName: '',
    email: '',
    phone: '',
    address: {
      line1: '',
      line2: '',
      postalCode: '',
      city: '',
      region: '',
      country: business.address.country,
    },
    vatNumber: '',
    companyNumber: '',
    currency: null,
    language: null,
    formats: null,
    terms: null,
    taxCodeUid: null,
    remindersPaused: false,
    notes: '',
  };
}

/** What of a saved client a person can change. */
export function valuesOf(client: Client): ClientInput {
  return clientInput.parse(client);
}
