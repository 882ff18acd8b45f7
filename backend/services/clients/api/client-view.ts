import type { z } from 'zod';

import type { ClientState } from '../../../../src/shared/contracts/events/events';
import type { clientView } from '../../../../src/shared/contracts/rest-v1/clients';
import type { StoredClient } from '../db/client-repository';

/** A client as REST shows it. */
export function viewOf(client: StoredClient): z.input<typeof clientView> {
  return {
    ...commonOf(client),
    created_at: client.createdAt.toISOString(),
    updated_at: client.updatedAt.toISOString(),
  };
}

/** A client as other services know it. */
export function stateOf(client: StoredClient): ClientState {
  return { ...commonOf(client), deleted: client.deletedAt !== null };
}

function commonOf(client: StoredClient) {
  return {
    id: client.id,
    uid: client.uid,
    revision: client.revision,
    name: client.name,
    contact_name: client.contactName,
    email: client.email,
    phone: client.phone,
    address: client.address,
    postal_address: client.postalAddress,
    vat_number: client.vatNumber,
    company_number: client.companyNumber,
    language: client.language,
    reminders_paused: client.remindersPaused,
    archived: client.archivedAt !== null,
  };
}
