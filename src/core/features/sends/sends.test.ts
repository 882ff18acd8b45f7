import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { SendState } from '../../../shared/contracts/sync/records';
import type { InvoiceUid } from '../../../shared/domain/ids';
import { ok } from '../../../shared/domain/result';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { aLine, createClient, refusals, value } from '../documents/testing/builders';
import { planOf, spyOnQueries } from '../documents/testing/query-plans';
import { invoiceUseCases } from '../invoices/invoice-use-cases';
import { findSend, saveSend } from './send-repository';
import { sendUseCases } from './send-use-cases';

const useCases = { ...invoiceUseCases, ...sendUseCases };

const MAIL = {
  to: ['office@acme.example'],
  cc: [],
  bcc: [],
  replyTo: 'me@trading.example',
  subject: 'Invoice',
  body: 'Please find it attached.',
};

let business: TestBusiness;

beforeEach(() => {
  business = openTestBusiness();
});
afterEach(() => business.close());

async function draft(): Promise<InvoiceUid> {
  const { context } = business;
  const blank = value(
    await useCases['invoices.blank'](context, { clientUid: createClient(context) }),
  );
  const content = { ...blank, lines: [aLine()] };
  return value(await useCases['invoices.createDraft'](context, { content })).uid;
}

async function issued(): Promise<InvoiceUid> {
  const uid = await draft();
  value(await useCases['invoices.finalise'](business.context, { uid }));
  return uid;
}

async function request(invoiceUid: InvoiceUid) {
  return value(await useCases['sends.request'](business.context, { invoiceUid, mail: MAIL }));
}

/** What waits to be told of e-mails. */
function told(): { kind: string; body: string }[] {
  return business.context.replica.connection
    .prepare<[], { kind: string; body: string }>(
      `SELECT kind, body FROM outbox WHERE collection = 'sends' ORDER BY id`,
    )
    .all();
}

/** The cloud has heard of everything, and each e-mail stands as given. */
function afterSync(uid: string, state: SendState, attempt = 1): void {
  const { replica } = business.context;
  replica.connection.exec(`UPDATE outbox SET state = 'acknowledged', seq = id, version = id`);
  replica.write((scope) => {
    const send = findSend(scope, uid);
    if (send === null) throw new Error('no such e-mail');
    saveSend(scope, { ...send, state, attempt });
    return ok(undefined);
  });
}

async function deliveryInList(): Promise<SendState | null | undefined> {
  const page = value(
    await useCases['invoices.list'](business.context, {
      sort: { by: 'issueDate', direction: 'desc' },
      limit: 50,
    }),
  );
  return page.rows[0]?.delivery;
}

const NEED_A_PERSON: readonly SendState[] = ['failed', 'unknown', 'bounced', 'held'];

/** The documents that the list shows of those whose e-mail needs a person; as many are counted. */
async function listed(): Promise<readonly InvoiceUid[]> {
  const filter = { mailNeedsAttention: true } as const;
  const page = value(
    await useCases['invoices.list'](business.context, {
      ...filter,
      sort: { by: 'issueDate', direction: 'desc' },
      limit: 50,
    }),
  );
  const { count } = value(await useCases['invoices.count'](business.context, filter));
  expect(count).toBe(page.rows.length);
  return page.rows.map((row) => row.uid);
}

describe('e-mails with documents', () => {
  it('R10 are asked for offline, with the hash of the paper, and wait in the outbox', async () => {
    const invoiceUid = await issued();
    const send = await request(invoiceUid);
    const view = value(await useCases['invoices.get'](business.context, { uid: invoiceUid }));
    expect(send).toMatchObject({ ...MAIL, state: 'queued', attempt: 0, wantedAttempt: 1 });
    expect(send.attachmentHashes).toEqual([view.invoice.pdfSha256]);
    expect(view.delivery).toBe('queued');
    expect(await deliveryInList()).toBe('queued');
    expect(told().map(({ kind }) => kind)).toEqual(['create']);
    const listed = value(await useCases['sends.ofInvoice'](business.context, { invoiceUid }));
    expect(listed).toEqual([{ ...send, isWaiting: true }]);
  });

  it('are refused for what is no issued document of this business', async () => {
    const invoiceUid = await draft();
    const wish = { invoiceUid, mail: MAIL };
    expect(refusals(await useCases['sends.request'](business.context, wish))).toEqual([
      ' not_finalised',
    ]);
  });

  it('R11 are changed in the wish itself while nobody was told of it', async () => {
    const { uid } = await request(await issued());
    const mail = { ...MAIL, subject: 'Your invoice' };
    value(await useCases['sends.update'](business.context, { uid, mail }));
    const [only, ...others] = told();
    expect(others).toEqual([]);
    expect(only?.body).toContain('Your invoice');
    afterSync(uid, 'pending');
    expect(refusals(await useCases['sends.update'](business.context, { uid, mail }))).toEqual([
      ' already_sent',
    ]);
  });

  it('leave no trace when they are taken back before anybody was told', async () => {
    const invoiceUid = await issued();
    const { uid } = await request(invoiceUid);
    const cancelled = value(await useCases['sends.cancel'](business.context, { uid }));
    expect(cancelled.state).toBe('cancelled');
    expect(told()).toEqual([]);
    expect(value(await useCases['sends.ofInvoice'](business.context, { invoiceUid }))).toEqual([]);
    expect(await deliveryInList()).toBeNull();
  });

  it('R73 are taken back from the cloud only while it has not handed them over', async () => {
    const { uid } = await request(await issued());
    afterSync(uid, 'queued');
    expect(value(await useCases['sends.cancel'](business.context, { uid })).state).toBe(
      'cancelled',
    );
    expect(told().at(-1)?.kind).toBe('patch');
    expect(await deliveryInList()).toBe('cancelled');

    const { uid: gone } = await request(await issued());
    afterSync(gone, 'sent');
    expect(refusals(await useCases['sends.cancel'](business.context, { uid: gone }))).toEqual([
      ' already_sent',
    ]);
  });

  it('are tried again by one more wanted attempt, and shown as queued until then', async () => {
    const { uid } = await request(await issued());
    afterSync(uid, 'failed');
    expect(value(await useCases['sends.retry'](business.context, { uid }))).toMatchObject({
      wantedAttempt: 2,
      state: 'queued',
    });
    expect(JSON.parse(told().at(-1)?.body ?? '')).toEqual({
      kind: 'patch',
      fields: { wantedAttempt: { from: 1, to: 2 } },
    });
    afterSync(uid, 'sent', 2);
    expect(refusals(await useCases['sends.retry'](business.context, { uid }))).toEqual([
      ' not_retriable',
    ]);
  });

  it('go out as another e-mail after a bounce', async () => {
    const invoiceUid = await issued();
    const { uid } = await request(invoiceUid);
    afterSync(uid, 'bounced');
    const again = value(await useCases['sends.retry'](business.context, { uid }));
    expect(again.uid).not.toBe(uid);
    expect(again).toMatchObject({ ...MAIL, state: 'queued' });
    expect(await deliveryInList()).toBe('queued');
  });

  it('need a person while the newest one did not go out, and are listed by that', async () => {
    const { context } = business;
    const invoiceUid = await issued();
    await request(await issued());
    const { uid } = await request(invoiceUid);
    const states: SendState[] = ['queued', 'pending', 'sent', 'cancelled'];
    for (const state of [...states, ...NEED_A_PERSON]) {
      afterSync(uid, state);
      expect(await listed(), state).toEqual(NEED_A_PERSON.includes(state) ? [invoiceUid] : []);
    }
    afterSync(uid, 'failed');
    value(await useCases['sends.retry'](context, { uid }));
    expect(await listed()).toEqual([]);
    afterSync(uid, 'failed', 2);
    expect(await listed()).toEqual([invoiceUid]);
    await request(invoiceUid);
    expect(await listed()).toEqual([]);
  });

  it('of which few need a person are found by an index of their states', async () => {
    const seen = spyOnQueries(business.context);
    await listed();
    const plans = seen()
      .filter((query) => query.includes('"sends" AS mail'))
      .map((query) => planOf(business.context, query));
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      expect(plan).toContain('SEARCH mail USING INDEX sends_by_state (state=?)');
      expect(plan).not.toMatch(/SCAN (mail|later|invoices)/u);
    }
  });
});
