import { z } from 'zod';

import { clientUid } from '../../domain/ids';
import { address, emailAddress } from '../../domain/party';
import { documentLanguage } from '../../domain/tax';
import { id, idInPath, line, moment, paging, text } from './fields';
import { route } from './route';

export const clientView = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    /** Composed from `postal_address` where that is known. */
    address: z.string(),
    phone: z.string(),
    uid: clientUid,
    postal_address: address.nullable(),
    contact_name: z.string(),
    vat_number: z.string(),
    company_number: z.string(),
    language: documentLanguage.nullable(),
    reminders_paused: z.boolean(),
    archived: z.boolean(),
    revision: z.int(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: 'Client' });
export type ClientView = z.infer<typeof clientView>;

const optionalFields = {
  address: text(500).optional(),
  phone: line(40).optional(),
  /** Leads: `address` is composed from it. */
  postal_address: address.nullable().optional(),
  contact_name: line(120).optional(),
  vat_number: line(40).optional(),
  company_number: line(40).optional(),
  language: documentLanguage.nullable().optional(),
  reminders_paused: z.boolean().optional(),
};

const clientInput = z
  .object({ name: line(200, 1), email: emailAddress, ...optionalFields })
  .meta({ id: 'ClientInput' });

const clientChange = z
  .object({
    name: line(200, 1).optional(),
    email: emailAddress.optional(),
    ...optionalFields,
    archived: z.boolean().optional(),
  })
  .meta({ id: 'ClientUpdate' });

const params = z.object({ clientId: idInPath });
const CLIENTS = { service: 'clients', tag: 'Clients' } as const;

export const clientRoutes = {
  listClients: route({
    ...CLIENTS,
    operationId: 'listClients',
    summary: 'List all clients',
    method: 'GET',
    path: '/clients',
    access: { member: 'viewer' },
    isPaged: true,
    query: z.object({
      ...paging,
      /** Part of a name or an e-mail address. */
      search: text(200).optional(),
      email: z.string().max(254).optional(),
      archived: z.enum(['true', 'false']).optional(),
    }),
    success: { 200: { description: 'Successful response', body: z.array(clientView) } },
  }),
  createClient: route({
    ...CLIENTS,
    operationId: 'createClient',
    summary: 'Create a new client',
    method: 'POST',
    path: '/clients',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    hasETag: true,
    body: clientInput,
    success: { 201: { description: 'Client created', body: clientView } },
  }),
  getClient: route({
    ...CLIENTS,
    operationId: 'getClient',
    summary: 'Get a specific client',
    method: 'GET',
    path: '/clients/{clientId}',
    access: { member: 'viewer' },
    hasETag: true,
    params,
    success: { 200: { description: 'Successful response', body: clientView } },
  }),
  updateClient: route({
    ...CLIENTS,
    operationId: 'updateClient',
    summary: 'Update a client; what is left out stays',
    method: 'PUT',
    path: '/clients/{clientId}',
    access: { member: 'bookkeeper' },
    hasETag: true,
    params,
    body: clientChange,
    success: { 200: { description: 'Client updated', body: clientView } },
  }),
  deleteClient: route({
    ...CLIENTS,
    operationId: 'deleteClient',
    summary: 'Delete a client (soft delete)',
    method: 'DELETE',
    path: '/clients/{clientId}',
    access: { member: 'bookkeeper' },
    hasETag: true,
    params,
    success: { 204: { description: 'Client deleted' } },
  }),
};
