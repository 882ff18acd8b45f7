import { z } from 'zod';

/**
 * Orders and invoices to clients, `GET /tenants/:tenant/clients/:id/:uid/documents`: whether a
 * document names the client that is to be deleted (DOMAIN 16); deleted documents do not count.
 */
export const clientDocuments = z.object({ exist: z.boolean() });
