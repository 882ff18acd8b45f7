import { randomUUID } from 'node:crypto';

import { expect, vi } from 'vitest';

import type { InvoiceView } from '../../../src/shared/contracts/rest-v1/invoices';
import type { OrderView } from '../../../src/shared/contracts/rest-v1/orders';
import { BUSINESS_HEADER } from '../../../backend/kit/identity/membership';
import type { CloudUser } from '../../../backend/kit/testing/cloud-user';
import { registerUser } from '../../../backend/kit/testing/cloud-user';

/** A business with one of everything, and its people: owner, viewer, bookkeeper, and one invited. */
export interface Tenant {
  readonly owner: CloudUser;
  readonly viewer: CloudUser;
  readonly bookkeeperId: number;
  readonly invitationId: number;
  readonly clientId: number;
  readonly productId: number;
  readonly order: OrderView;
  /** Numbered and mailed, with a part payment. */
  readonly sent: InvoiceView;
  readonly paymentId: number;
  readonly draftId: number;
}

interface Identified {
  readonly id: number;
}

export const LINE = { description: 'Work', quantity: 2, unit_price: 100 };

export async function createTenant(name: string): Promise<Tenant> {
  const [owner, viewer, bookkeeper] = await Promise.all([
    registerUser({ name, country: 'DE', time_zone: 'Europe/Berlin' }),
    registerUser(),
    registerUser(),
  ]);
  await addMember(owner, viewer, 'viewer');
  const bookkeeperId = await addMember(owner, bookkeeper, 'bookkeeper');
  const invitationId = await addInvitation(owner);
  const { id: clientId } = await create<Identified>(owner, '/clients', newClient());
  const product = { name: 'Desk', unit_price: 200, code: 'D-1' };
  const { id: productId } = await create<Identified>(owner, '/products', product);
  const order = await create<OrderView>(owner, '/orders', newOrder(clientId, productId));
  const sent = await sendNew(owner, clientId);
  const { id: paymentId } = await create<Identified>(owner, `/invoices/${sent.id}/payments`, {
    amount: 10,
  });
  const draftId = await createDraft(owner, clientId);
  await untilKnown(viewer, owner.business, sent.id);
  return {
    owner,
    viewer,
    bookkeeperId,
    invitationId,
    clientId,
    productId,
    order,
    sent,
    paymentId,
    draftId,
  };
}

/** Waits until every service has heard of the user's place in the business. */
async function untilKnown(user: CloudUser, business: string, invoiceId: number): Promise<void> {
  const invoice = `/invoices/${invoiceId}`;
  const paths = ['/clients', '/orders', invoice, `${invoice}/pdf`, `${invoice}/notifications`];
  await vi.waitFor(
    async () => {
      const headers = { [BUSINESS_HEADER]: business };
      const answers = await Promise.all(
        paths.map((path) => user.call({ method: 'GET', path, headers })),
      );
      expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
    },
    { timeout: 30_000, interval: 300 },
  );
}

export function newClient() {
  return { name: 'Lambda', email: `lambda-${randomUUID()}@example.com` };
}

export function newOrder(clientId: number, productId: number | null) {
  const item = { product_name: 'Desk', quantity: 2, unit_price: 180, product_id: productId };
  return { client_id: clientId, items: [item] };
}

/** Makes something by POST and returns the answer. */
export async function create<T>(user: CloudUser, path: string, body: object): Promise<T> {
  const answer = await user.call<T>({ method: 'POST', path, body });
  expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBe(201);
  return answer.body;
}

export async function createDraft(user: CloudUser, clientId: number): Promise<number> {
  const body = { client_id: clientId, items: [LINE], status: 'draft' };
  return (await create<Identified>(user, '/invoices', body)).id;
}

/** An invoice whose mail went out. */
export async function sendNew(
  user: CloudUser,
  clientId: number,
  more: object = {},
): Promise<InvoiceView> {
  const body = { client_id: clientId, items: [LINE], ...more };
  const { id } = await create<Identified>(user, '/invoices', body);
  return vi.waitFor(
    async () => {
      const { body: invoice } = await user.call<InvoiceView>({
        method: 'GET',
        path: `/invoices/${id}`,
      });
      expect(invoice.delivery?.state).toBe('sent');
      expect(invoice.pdf_sha256).not.toBeNull();
      return invoice;
    },
    { timeout: 60_000, interval: 300 },
  );
}

/** An owner invites `user`, who comes; returns the user's id. */
export async function addMember(
  owner: CloudUser,
  user: CloudUser,
  role: 'viewer' | 'bookkeeper',
): Promise<number> {
  await invite(owner, user.email, role);
  expect((await user.call({ method: 'GET', path: '/businesses' })).status).toBe(200);
  const members = await listOf<{ readonly user_id: number }>(owner, '/business/members');
  const member = members.find(({ email }) => email === user.email);
  if (member === undefined) throw new Error(`${user.email} is no member`);
  return member.user_id;
}

async function invite(owner: CloudUser, email: string, role: string): Promise<void> {
  const path = '/business/members';
  const answer = await owner.call({ method: 'PUT', path, body: { email, role } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

/** Invites somebody who does not come; returns the invitation's id. */
export async function addInvitation(owner: CloudUser): Promise<number> {
  const email = `${randomUUID()}@example.com`;
  await invite(owner, email, 'viewer');
  const all = await listOf<Identified>(owner, '/business/invitations');
  const found = all.find((one) => one.email === email);
  if (found === undefined) throw new Error(`${email} is not invited`);
  return found.id;
}

async function listOf<T>(owner: CloudUser, path: string) {
  return (await owner.call<(T & { readonly email: string })[]>({ method: 'GET', path })).body;
}

/** Everything that the owner can see: what nobody else may change. */
export async function snapshot({ owner, sent }: Tenant): Promise<unknown> {
  const paths = [
    '/business',
    '/business/members',
    '/business/invitations',
    '/clients?limit=500',
    '/products?limit=500',
    '/orders?limit=500',
    '/invoices?limit=500',
    `/invoices/${sent.id}/payments`,
    `/invoices/${sent.id}/timeline`,
    `/invoices/${sent.id}/notifications`,
  ];
  return Promise.all(
    paths.map(async (path) => {
      const { status, body } = await owner.call({ method: 'GET', path });
      expect(status, path).toBe(200);
      return { path, body };
    }),
  );
}
