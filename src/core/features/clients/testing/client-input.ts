import type { ClientInput } from '../../../../shared/domain/client';
import { clientInput } from '../../../../shared/domain/client';

/** What a person fills in about a client, for tests. */
export function aClient(overrides: Partial<Record<keyof ClientInput, unknown>> = {}): ClientInput {
  return clientInput.parse({
    name: 'Acme Ltd',
    contactName: '',
    email: '',
    phone: '',
    address: { line1: '', line2: '', postalCode: '', city: 'Berlin', region: '', country: 'DE' },
    vatNumber: '',
    companyNumber: '',
    currency: null,
    language: null,
    formats: null,
    terms: null,
    taxCodeUid: null,
    remindersPaused: false,
    notes: '',
    ...overrides,
  });
}
