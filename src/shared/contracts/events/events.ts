import { z } from 'zod';

import { businessInput } from '../../domain/business';
import { businessUid, clientUid, invoiceUid, lineUid, orderUid } from '../../domain/ids';
import { orderStatus } from '../../domain/order';
import { address } from '../../domain/party';
import { documentLanguage } from '../../domain/tax';
import { ROLES } from '../rest-v1/route';
import { syncCollection } from '../sync/collections';
import { head } from '../sync/protocol';

/**
 * Everything that services tell each other. State events carry the whole state and its `revision`:
 * who keeps a projection of it applies an event only when it is newer than what stands there.
 */

const revision = z.int().min(1);
const id = z.int().min(1);

/** Settings of a business, as other services need them. */
export const businessSettings = businessInput.extend({ sendReceipts: z.boolean() });
export type BusinessSettings = z.infer<typeof businessSettings>;

/** A client, as documents and mails need it. */
export const clientState = z.object({
  id,
  uid: clientUid,
  revision,
  name: z.string(),
  contact_name: z.string(),
  email: z.string(),
  phone: z.string(),
  /** Composed, for clients whose address is known as one text. */
  address: z.string(),
  postal_address: address.nullable(),
  vat_number: z.string(),
  company_number: z.string(),
  language: documentLanguage.nullable(),
  reminders_paused: z.boolean(),
  archived: z.boolean(),
  deleted: z.boolean(),
});
export type ClientState = z.infer<typeof clientState>;

export const orderState = z.object({
  id,
  uid: orderUid,
  revision,
  number: z.string(),
  client_id: id,
  status: orderStatus,
  deleted: z.boolean(),
});

export const invoiceState = z.object({
  id,
  uid: invoiceUid,
  revision,
  kind: z.enum(['invoice', 'credit_note']),
  number: z.string().nullable(),
  /** Null where the client is not known yet, or a draft has none. */
  client_id: id.nullable(),
  /** Null where the order was not told of yet; `order_uid` names it all the same. */
  order_id: id.nullable(),
  order_uid: orderUid.nullable(),
  status: z.enum(['draft', 'sent', 'paid', 'overdue']),
  /** What brought the change about: `paid` sets off the receipt, `overdue` the reminders. */
  change: z.enum([
    'created',
    'edited',
    'finalised',
    'sent',
    'delivery',
    'paid',
    'partly_paid',
    'payment_reversed',
    'credited',
    'overdue',
    'deleted',
  ]),
  currency: z.string(),
  /** Minor units of `currency`. */
  total: z.int(),
  balance: z.int(),
  due_date: z.string(),
  /**
   * Quantities in thousandths that a finalised document takes of its order, by order line: REST
   * knows it by its id, devices by its uid; one of the two is there.
   */
  order_lines: z.array(
    z.object({
      order_item_id: id.nullable(),
      line_uid: lineUid.nullable(),
      quantity: z.int(),
    }),
  ),
  deleted: z.boolean(),
});

export const membershipState = z.object({
  /** Cognito's `sub` of the user. */
  user: z.string(),
  user_id: id,
  business: businessUid,
  role: z.enum(ROLES),
  /** The order in which a user joined; the lowest is what a call without a header means. */
  position: z.int(),
  revision,
  removed: z.boolean(),
});
export type MembershipState = z.infer<typeof membershipState>;

const message = z.object({
  message_uid: z.uuid(),
  send_uid: z.uuid(),
  invoice_uid: invoiceUid,
  kind: z.enum(['invoice', 'reminder', 'receipt']),
  /** The execution that asked; null for what came without one. */
  execution: z.string().nullable(),
});

/** Collections of any businesses that have changes which their devices do not have yet. */
const collectionsMoved = z.object({
  heads: z
    .array(
      head.extend({
        tenant: businessUid,
        collection: syncCollection,
        /** Of two epochs the one that was told of later stands. */
        moved_at: z.iso.datetime(),
      }),
    )
    .min(1),
});

export const EVENTS = {
  UserRegistered: { source: 'auth', data: z.object({ user_id: id, business: businessUid }) },
  UserLoggedIn: { source: 'auth', data: z.object({ user_id: id }) },
  MembershipChanged: { source: 'auth', data: membershipState },
  BusinessUpdated: {
    source: 'auth',
    data: z.object({ revision, settings: businessSettings }),
  },
  ClientCreated: { source: 'clients', data: clientState },
  ClientUpdated: { source: 'clients', data: clientState },
  ClientDeleted: { source: 'clients', data: clientState },
  ClientsMoved: { source: 'clients', data: collectionsMoved },
  OrderCreated: { source: 'orders', data: orderState },
  OrderUpdated: { source: 'orders', data: orderState },
  OrdersMoved: { source: 'orders', data: collectionsMoved },
  InvoiceCreated: { source: 'invoices', data: invoiceState },
  InvoiceUpdated: { source: 'invoices', data: invoiceState },
  InvoicesMoved: { source: 'invoices', data: collectionsMoved },
  ReminderRequested: {
    source: 'invoices',
    data: z.object({ send_uid: z.uuid(), invoice_uid: invoiceUid, step: z.int() }),
  },
  PDFGenerated: {
    source: 'pdf',
    data: z.object({
      invoice_uid: invoiceUid,
      send_uid: z.uuid().nullable(),
      execution: z.string().nullable(),
      sha256: z.string(),
      bytes: z.int(),
    }),
  },
  EmailSent: {
    source: 'notifications',
    data: message.extend({ ses_id: z.string(), recipient: z.string() }),
  },
  EmailFailed: {
    source: 'notifications',
    data: message.extend({
      /** `unknown`: nobody can tell whether it went out; `bounced`: it came back. */
      outcome: z.enum(['failed', 'unknown', 'bounced']),
      reason: z.string(),
    }),
  },
} as const;

export type EventName = keyof typeof EVENTS;
export type EventData<N extends EventName> = z.infer<(typeof EVENTS)[N]['data']>;

/** The bus's name of who speaks. */
export function eventSource(name: EventName): string {
  return `doccentr.${EVENTS[name].source}`;
}
