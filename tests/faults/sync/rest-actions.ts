import type { Caller, Member } from '../../../backend/kit/http/handlers';
import type { InvoiceView } from '../../../src/shared/contracts/rest-v1/invoices';
import type { RowDataPacket } from 'mysql2';
import type { Deed } from './acting';
import type { Cloud } from './cloud';
import type { EditLog } from './edit-log';
import type { RestAction } from './schedule';

export interface RestActing {
  readonly cloud: Cloud;
  readonly pick: number;
  readonly edits: EditLog;
  readonly did: (deed: Deed) => void;
}

const DEVICE = 'rest';
const MANY = 100;

function callFrom({ cloud }: RestActing) {
  const member: Member = { tenant: cloud.tenant, userId: 1, role: 'owner' };
  const caller: Caller = {
    sub: cloud.tenant,
    email: 'owner@example.com',
    expiresAt: new Date('2100-01-01T00:00:00.000Z'),
  };
  return {
    caller,
    member,
    params: undefined,
    query: undefined,
    body: undefined,
    ifMatch: null,
    idempotency: null,
    untilGone: () => new AbortController().signal,
  };
}

/** The body of an answer; null for a refusal, which is the cloud's right. */
function bodyOf<T>(answer: object): T | null {
  return 'body' in answer ? (answer.body as T) : null;
}

function pickFrom<T>(all: readonly T[], pick: number): T | null {
  return all.length === 0 ? null : (all[pick % all.length] ?? null);
}

async function someInvoice(
  acting: RestActing,
  fits: (invoice: InvoiceView) => boolean,
): Promise<InvoiceView | null> {
  const answer = await acting.cloud.services.invoices.listInvoices({
    ...callFrom(acting),
    query: { limit: MANY },
  });
  const all = bodyOf<readonly InvoiceView[]>(answer) ?? [];
  return pickFrom(all.filter(fits), acting.pick);
}

const isDraft = ({ status }: InvoiceView) => status === 'draft';

/** Each action as the gateway calls it: by the services' own handlers. */
export const REST_ACTORS: Readonly<Record<RestAction, (acting: RestActing) => Promise<void>>> = {
  async create_client(acting) {
    const { cloud, edits, did } = acting;
    const word = edits.newWord();
    const answer = await cloud.services.clients.createClient({
      ...callFrom(acting),
      body: { name: word, email: `${word}@rest.example.com` },
    });
    const made = bodyOf<{ uid: string }>(answer);
    if (made === null) return;
    did({ collection: 'clients', uid: made.uid, device: DEVICE });
    edits.wrote(made.uid, 'name', '', word);
  },

  async edit_client(acting) {
    const { cloud, edits, pick } = acting;
    const listed = await cloud.services.clients.listClients({
      ...callFrom(acting),
      query: { limit: MANY },
    });
    const client = pickFrom(
      bodyOf<readonly { id: number; uid: string; name: string }[]>(listed) ?? [],
      pick,
    );
    if (client === null) return;
    const word = edits.newWord();
    const answer = await cloud.services.clients.updateClient({
      ...callFrom(acting),
      params: { clientId: client.id },
      body: { name: word },
    });
    if (bodyOf(answer) === null) return;
    edits.wrote(client.uid, 'name', client.name, word);
  },

  async edit_draft(acting) {
    const { cloud, edits } = acting;
    const draft = await someInvoice(acting, isDraft);
    if (draft === null) return;
    const word = edits.newWord();
    const answer = await cloud.services.invoices.updateInvoice({
      ...callFrom(acting),
      params: { invoiceId: draft.id },
      body: { notes: word },
    });
    if (bodyOf(answer) === null) return;
    edits.wrote(draft.uid, 'notes', draft.notes, word);
  },

  async finalise(acting) {
    const { cloud, did } = acting;
    const draft = await someInvoice(acting, isDraft);
    if (draft === null) return;
    const answer = await cloud.services.invoices.updateInvoice({
      ...callFrom(acting),
      params: { invoiceId: draft.id },
      body: { status: 'sent' },
    });
    const issued = bodyOf<InvoiceView>(answer);
    const number = issued?.invoice_number ?? null;
    if (number === null) return;
    did({
      collection: 'invoices',
      uid: draft.uid,
      device: DEVICE,
      // Printed later, by a service that no schedule has.
      issued: { number, sha256: null },
    });
  },

  async pay(acting) {
    const { cloud, did } = acting;
    const invoice = await someInvoice(acting, (one) => !isDraft(one));
    if (invoice === null) return;
    const answer = await cloud.services.invoices.createPayment({
      ...callFrom(acting),
      params: { invoiceId: invoice.id },
      body: { amount: 1 },
    });
    const paid = bodyOf<{ id: number }>(answer);
    if (paid === null) return;
    const [rows] = await cloud.databases.of.invoices.pool.query<RowDataPacket[]>(
      'select uid from payments where tenant = ? and id = ?',
      [cloud.tenant, paid.id],
    );
    did({
      collection: 'payments',
      uid: String(rows[0]?.['uid']),
      device: DEVICE,
      amount: 1_00,
    });
  },
};
