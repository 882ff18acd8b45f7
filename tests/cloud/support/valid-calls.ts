import { randomUUID } from 'node:crypto';

import {
  callApi,
  CODE,
  PASSWORD,
  registerUser,
  RESET_CODE,
} from '../../../backend/kit/testing/cloud-user';
import type { Route } from '../../../src/shared/contracts/rest-v1/route';
import { ALL_ROUTES } from '../../../src/shared/contracts/rest-v1/routes';
import { PROTOCOL_VERSION } from '../../../src/shared/contracts/sync/protocol';
import type { DeviceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { Tenant } from './tenant';
import {
  addInvitation,
  addMember,
  create,
  createDraft,
  LINE,
  newClient,
  newOrder,
  sendNew,
} from './tenant';

/** What a valid call of an operation needs besides its method and path. */
export interface ValidCall {
  /** By the names of the path's parameters. */
  readonly params?: Readonly<Record<string, number | string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

interface ValidCalls {
  /** A call about what the tenant has. It need not succeed twice. */
  readonly build: (tenant: Tenant) => ValidCall;
  /**
   * The same about something made for the purpose, where `build` would use up or change what the
   * other operations need.
   */
  readonly prepare?: (tenant: Tenant) => Promise<ValidCall>;
}

const PAST = { issue_date: '2026-01-01', due_date: '2026-01-15' };

function newEmail(): string {
  return `user-${randomUUID()}@acme.example`;
}

/** Somebody who has signed up and not yet confirmed the address. */
async function unconfirmed(): Promise<string> {
  const email = newEmail();
  await callApi({ method: 'POST', path: '/auth/register', body: { email, password: PASSWORD } });
  return email;
}

async function made(tenant: Tenant, path: string, body: object): Promise<number> {
  return (await create<{ readonly id: number }>(tenant.owner, path, body)).id;
}

const protocol = String(PROTOCOL_VERSION);

/** Every collection is asked in the same two ways. */
function collectionCalls(): Readonly<Record<string, ValidCalls>> {
  const push = { protocol: PROTOCOL_VERSION, epoch: null, mutations: [] };
  const calls = ALL_ROUTES.flatMap(({ path, operationId }): [string, ValidCalls][] => {
    if (/^\/sync\/\w+\/changes$/u.test(path)) {
      return [[operationId, { build: () => ({ query: { protocol, cursor: '0' } }) }]];
    }
    if (!/^\/sync\/\w+\/mutations$/u.test(path)) return [];
    return [[operationId, { build: () => ({ body: { ...push, device: newUid<DeviceUid>() } }) }]];
  });
  return Object.fromEntries(calls);
}

const ofInvoice = ({ sent }: Tenant) => ({ params: { invoiceId: sent.id } });
const ofDocument = ({ sent }: Tenant) => ({ params: { documentUid: sent.uid } });
const originalOf = ({ sent }: Tenant) => ({ sha256: sent.pdf_sha256 });

/** How every operation is called, by its id. An operation without a row fails the tests. */
export const VALID_CALLS: Readonly<Record<string, ValidCalls>> = {
  register: { build: () => ({ body: { email: newEmail(), password: PASSWORD } }) },
  confirmRegistration: {
    build: () => ({ body: { email: newEmail(), code: CODE } }),
    prepare: async () => ({ body: { email: await unconfirmed(), code: CODE } }),
  },
  login: { build: ({ owner }) => ({ body: { email: owner.email, password: PASSWORD } }) },
  openSession: { build: () => ({}) },
  refresh: {
    build: () => ({ body: { refresh_token: 'none' } }),
    async prepare({ owner }) {
      const signedIn = await callApi<{ readonly refresh_token: string }>({
        method: 'POST',
        path: '/auth/login',
        body: { email: owner.email, password: PASSWORD },
      });
      return { body: { refresh_token: signedIn.body.refresh_token } };
    },
  },
  verifyToken: { build: () => ({}) },
  resetPassword: { build: ({ viewer }) => ({ body: { email: viewer.email } }) },
  confirmReset: {
    build: () => ({ body: { email: newEmail(), code: CODE, password: PASSWORD } }),
    async prepare() {
      const { email } = await registerUser();
      await callApi({ method: 'POST', path: '/auth/reset-password', body: { email } });
      return { body: { email, code: RESET_CODE, password: PASSWORD } };
    },
  },
  getAuthConfig: { build: () => ({}) },
  getOpenApi: { build: () => ({}) },
  listBusinesses: { build: () => ({}) },
  createBusiness: { build: () => ({ body: { name: 'Second' } }) },
  getBusiness: { build: () => ({}) },
  updateBusiness: { build: () => ({ body: { phone: '+49 30 1234' } }) },
  listMembers: { build: () => ({}) },
  putMember: {
    build: ({ viewer }) => ({ body: { email: viewer.email, role: 'viewer' } }),
  },
  removeMember: {
    build: ({ bookkeeperId }) => ({ params: { userId: bookkeeperId } }),
    async prepare({ owner }) {
      const leaving = await registerUser();
      return { params: { userId: await addMember(owner, leaving, 'viewer') } };
    },
  },
  listInvitations: { build: () => ({}) },
  withdrawInvitation: {
    build: ({ invitationId }) => ({ params: { invitationId } }),
    prepare: async ({ owner }) => ({ params: { invitationId: await addInvitation(owner) } }),
  },

  ...collectionCalls(),
  registerDevice: {
    build: () => ({
      body: {
        protocol: PROTOCOL_VERSION,
        device: newUid<DeviceUid>(),
        name: 'Laptop',
        replaces: null,
      },
    }),
  },
  pollSync: { build: () => ({ query: { protocol, wait: '0' } }) },

  listClients: { build: () => ({}) },
  createClient: { build: () => ({ body: newClient() }) },
  getClient: { build: ({ clientId }) => ({ params: { clientId } }) },
  updateClient: {
    build: ({ clientId }) => ({ params: { clientId }, body: { phone: randomUUID() } }),
  },
  deleteClient: {
    build: ({ clientId }) => ({ params: { clientId } }),
    prepare: async (tenant) => ({
      params: { clientId: await made(tenant, '/clients', newClient()) },
    }),
  },

  listOrders: { build: () => ({}) },
  createOrder: { build: ({ clientId, productId }) => ({ body: newOrder(clientId, productId) }) },
  getOrder: { build: ({ order }) => ({ params: { orderId: order.id } }) },
  updateOrder: {
    build: ({ order }) => ({ params: { orderId: order.id }, body: { notes: randomUUID() } }),
  },
  deleteOrder: {
    build: ({ order }) => ({ params: { orderId: order.id } }),
    prepare: async (tenant) => ({
      params: { orderId: await made(tenant, '/orders', newOrder(tenant.clientId, null)) },
    }),
  },
  listProducts: { build: () => ({}) },
  createProduct: { build: () => ({ body: { name: 'Lamp', unit_price: 40 } }) },
  getProduct: { build: ({ productId }) => ({ params: { productId } }) },
  updateProduct: {
    build: ({ productId }) => ({ params: { productId }, body: { name: randomUUID() } }),
  },
  deleteProduct: {
    build: ({ productId }) => ({ params: { productId } }),
    prepare: async (tenant) => ({
      params: { productId: await made(tenant, '/products', { name: 'Old', unit_price: 1 }) },
    }),
  },

  listInvoices: { build: () => ({}) },
  createInvoice: {
    build: ({ clientId }) => ({ body: { client_id: clientId, items: [LINE], status: 'draft' } }),
  },
  getInvoice: { build: ofInvoice },
  updateInvoice: {
    build: ({ draftId }) => ({ params: { invoiceId: draftId }, body: { notes: randomUUID() } }),
  },
  deleteInvoice: {
    build: ({ draftId }) => ({ params: { invoiceId: draftId } }),
    prepare: async ({ owner, clientId }) => ({
      params: { invoiceId: await createDraft(owner, clientId) },
    }),
  },
  sendInvoice: {
    build: ({ draftId }) => ({ params: { invoiceId: draftId }, body: {} }),
    prepare: async ({ owner, clientId }) => ({
      params: { invoiceId: await createDraft(owner, clientId) },
      body: {},
    }),
  },
  getTimeline: { build: ofInvoice },
  remindClient: {
    build: ofInvoice,
    prepare: async ({ owner, clientId }) => ({
      params: { invoiceId: (await sendNew(owner, clientId, PAST)).id },
    }),
  },
  creditInvoice: {
    build: (tenant) => ({ ...ofInvoice(tenant), body: {} }),
    prepare: async ({ owner, clientId }) => ({
      params: { invoiceId: (await sendNew(owner, clientId)).id },
      body: {},
    }),
  },
  listPayments: { build: ofInvoice },
  createPayment: { build: (tenant) => ({ ...ofInvoice(tenant), body: { amount: 1 } }) },
  reversePayment: {
    build: ({ sent, paymentId }) => ({ params: { invoiceId: sent.id, paymentId } }),
    prepare: async (tenant) => ({
      params: {
        invoiceId: tenant.sent.id,
        paymentId: await made(tenant, `/invoices/${tenant.sent.id}/payments`, { amount: 2 }),
      },
    }),
  },
  getInvoicePdf: { build: ofInvoice },
  getDocumentPdf: { build: ofDocument },
  uploadDocumentPdf: {
    build: (tenant) => ({ ...ofDocument(tenant), body: { ...originalOf(tenant), bytes: 1_000 } }),
  },
  confirmDocumentPdf: {
    build: (tenant) => ({ ...ofDocument(tenant), body: originalOf(tenant) }),
  },
  listNotifications: { build: ofInvoice },
};

/** The row of an operation. */
export function validCallsOf({ operationId }: Route): ValidCalls {
  const row = VALID_CALLS[operationId];
  if (row === undefined) throw new Error(`${operationId} has no row`);
  return row;
}
