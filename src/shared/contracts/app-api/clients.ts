import { z } from 'zod';

import { client, clientInput } from '../../domain/client';
import { currencyCode } from '../../domain/currency';
import { clientUid } from '../../domain/ids';
import { minorUnits } from '../../domain/money';
import { issueSchema, method, nothing, pageOf, pageRequest, shelf, sortBy } from './method';

const balance = z.object({ currency: currencyCode, amount: minorUnits });

/** What a list shows of a client. */
export const clientRow = z.object({
  uid: clientUid,
  name: z.string(),
  email: z.string(),
  city: z.string(),
  country: z.string(),
  isArchived: z.boolean(),
  /** Open balance by currency. */
  balances: z.array(balance),
});
export type ClientRow = z.infer<typeof clientRow>;

/** A saved client with what is worth a second look (duplicate e-mail or tax id): never a refusal. */
const savedClient = z.object({ client, warnings: z.array(issueSchema) });

export const clientMethods = {
  'clients.list': method(
    z.object({
      ...pageRequest,
      shelf: shelf.default('active'),
      sort: sortBy(['name', 'createdAt']).default({ by: 'name', direction: 'asc' }),
    }),
    pageOf(clientRow),
  ),
  'clients.count': method(
    z.object({ search: pageRequest.search, shelf: shelf.default('active') }),
    z.object({ count: z.int(), balances: z.array(balance) }),
  ),
  'clients.get': method(z.object({ uid: clientUid }), client),
  'clients.create': method(z.object({ client: clientInput }), savedClient),
  /** `base`: what the form shows besides what was typed; what others changed is merged with that. */
  'clients.update': method(
    z.object({ uid: clientUid, client: clientInput, base: clientInput.optional() }),
    savedClient,
  ),
  'clients.archive': method(z.object({ uids: z.array(clientUid).min(1).max(1_000) }), nothing),
  'clients.unarchive': method(z.object({ uids: z.array(clientUid).min(1).max(1_000) }), nothing),
  /** Refused with `client_has_documents` where there are any: those are archived instead. */
  'clients.delete': method(z.object({ uid: clientUid }), nothing),
  'clients.restore': method(z.object({ uid: clientUid }), client),
  /** Figures for a client's page, by currency. */
  'clients.summary': method(
    z.object({ uid: clientUid }),
    z.object({
      currencies: z.array(
        z.object({
          currency: currencyCode,
          invoiced: minorUnits,
          balance: minorUnits,
          overdue: minorUnits,
        }),
      ),
      invoiceCount: z.int(),
      orderCount: z.int(),
    }),
  ),
};
