import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ClientUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import { ok } from '../../../shared/domain/result';
import { clientRecordOf } from '../../../shared/sync/wire-records';
import { encodeCursor } from '../../listing/pages';
import { createCaller, type Call } from '../../testing/caller';
import { walkPages } from '../../listing/testing/walk-pages';
import { contentHash } from '../../testing/content-hash';
import { openTestBusiness, type TestBusiness } from '../../testing/open-test-business';
import { activity, clientSums, outbox } from '../../replica/schema';
import { queryPlans } from '../../testing/query-plans';
import { aLine, refusals, value } from '../documents/testing/builders';
import { invoiceUseCases } from '../invoices/invoice-use-cases';
import { clientUseCases } from './client-use-cases';
import { aClient } from './testing/client-input';

const useCases = { ...clientUseCases, ...invoiceUseCases };

let business: TestBusiness;
let call: Call<keyof typeof useCases>;

beforeEach(() => {
  let seconds = 0;
  business = openTestBusiness({}, { now: () => new Date(Date.UTC(2026, 2, 10, 10, 0, seconds++)) });
  call = createCaller(business.context, useCases);
});
afterEach(() => business.close());

async function create(overrides: Parameters<typeof aClient>[0] = {}) {
  return value(await call('clients.create', { client: aClient(overrides) }));
}

async function names(input: Parameters<typeof call<'clients.list'>>[1] = {}): Promise<string[]> {
  return value(await call('clients.list', input)).rows.map(({ name }) => name);
}

/** The last entries of outbox and activity about a record. */
function told(uid: string) {
  const { replica } = business.context;
  return replica.read(({ db }) => ({
    outbox: db
      .select()
      .from(outbox)
      .all()
      .filter(({ recordUid }) => recordUid === uid)
      .map(({ kind, body }) => ({ kind, body: JSON.parse(body) as unknown })),
    activity: db
      .select()
      .from(activity)
      .all()
      .filter(({ recordUid }) => recordUid === uid)
      .map(({ action, fields }) => ({ action, fields })),
  }));
}

describe('clients', () => {
  it('are kept as given, and told to sync and to the activity list', async () => {
    const { client, warnings } = await create({ name: 'Zażółć sp. z o.o.', currency: 'PLN' });
    expect(warnings).toEqual([]);
    expect(value(await call('clients.get', { uid: client.uid }))).toEqual(client);
    expect(told(client.uid)).toEqual({
      outbox: [{ kind: 'create', body: { kind: 'create', record: clientRecordOf(client) } }],
      activity: [{ action: 'created', fields: [] }],
    });
  });

  it('are changed field by field', async () => {
    const { client } = await create();
    business.context.replica.connection.exec(`UPDATE outbox SET state = 'sent'`);
    const changed = aClient({ name: 'Acme GmbH', phone: '030 1' });
    value(await call('clients.update', { uid: client.uid, client: changed }));
    expect(value(await call('clients.get', { uid: client.uid }))).toMatchObject(changed);
    expect(told(client.uid).outbox.at(-1)).toEqual({
      kind: 'patch',
      body: {
        kind: 'patch',
        fields: {
          name: { from: 'Acme Ltd', to: 'Acme GmbH' },
          phone: { from: '', to: '030 1' },
        },
      },
    });
  });

  it('write nothing when nothing changed', async () => {
    const { client } = await create();
    const before = contentHash(business.context.replica);
    value(await call('clients.update', { uid: client.uid, client: aClient() }));
    expect(contentHash(business.context.replica)).toBe(before);
  });

  it('warn of another client with the e-mail address or VAT number, however it is written', async () => {
    await create({ name: 'First', email: 'Office@acme.example', vatNumber: 'DE 123 456 789' });
    const { client, warnings } = await create({
      name: 'Second',
      email: 'office@ACME.example',
      vatNumber: 'de123456789',
    });
    const expected = [
      { field: 'client.email', code: 'duplicate_email', params: { name: 'First' } },
      { field: 'client.vatNumber', code: 'duplicate_vat_number', params: { name: 'First' } },
    ];
    expect(warnings).toEqual(expected);
    const { uid, archivedAt, deletedAt, createdAt, updatedAt, ...input } = client;
    expect([archivedAt, deletedAt, createdAt]).toEqual([null, null, updatedAt]);
    expect(value(await call('clients.update', { uid, client: input })).warnings).toEqual(expected);
  });

  it('warn of nothing for deleted clients and empty fields', async () => {
    const { client } = await create({ email: 'office@acme.example' });
    value(await call('clients.delete', { uid: client.uid }));
    expect((await create({ email: 'office@acme.example' })).warnings).toEqual([]);
    expect((await create()).warnings).toEqual([]);
  });

  it('leave the list when archived and come back', async () => {
    const [a, b] = [await create({ name: 'A' }), await create({ name: 'B' })];
    value(await call('clients.archive', { uids: [a.client.uid] }));
    expect(await names()).toEqual(['B']);
    expect(await names({ shelf: 'archived' })).toEqual(['A']);
    value(await call('clients.unarchive', { uids: [a.client.uid, b.client.uid] }));
    expect(await names()).toEqual(['A', 'B']);
    expect(told(a.client.uid).activity.map(({ action }) => action)).toEqual([
      'created',
      'archived',
      'unarchived',
    ]);
    expect(told(b.client.uid).activity).toHaveLength(1);
  });

  it('are deleted and restored, found only in between', async () => {
    const { client } = await create();
    value(await call('clients.delete', { uid: client.uid }));
    expect(await names()).toEqual([]);
    expect(await names({ search: 'acme' })).toEqual([]);
    expect(value(await call('clients.get', { uid: client.uid })).deletedAt).not.toBeNull();
    expect(told(client.uid).outbox.map(({ kind }) => kind)).toEqual(['create', 'delete']);
    value(await call('clients.restore', { uid: client.uid }));
    expect(await names({ search: 'acme' })).toEqual(['Acme Ltd']);
    expect(told(client.uid).outbox.map(({ kind }) => kind)).toEqual(['create']);
  });

  it('give a new name to their drafts', async () => {
    const { client } = await create();
    const content = value(await call('invoices.blank', { clientUid: client.uid }));
    value(await call('invoices.createDraft', { content: { ...content, lines: [aLine()] } }));
    value(
      await call('clients.update', { uid: client.uid, client: aClient({ name: 'Łódź Books' }) }),
    );
    const found = value(await call('invoices.list', { search: 'lodz' })).rows;
    expect(found.map(({ clientName }) => clientName)).toEqual(['Łódź Books']);
    expect(value(await call('invoices.list', { search: 'acme' })).rows).toEqual([]);
  });
});

describe('refusals of clients', () => {
  it.each<[string, (uid: ClientUid) => ReturnType<typeof call>, string]>([
    [
      'an unknown tax code',
      () => call('clients.create', { client: aClient({ taxCodeUid: newUid() }) }),
      'client.taxCodeUid tax_code_unknown',
    ],
    [
      'an unknown tax code on a change',
      (uid) => call('clients.update', { uid, client: aClient({ taxCodeUid: newUid() }) }),
      'client.taxCodeUid tax_code_unknown',
    ],
    [
      'a change of a client that is not there',
      () => call('clients.update', { uid: newUid<ClientUid>(), client: aClient() }),
      'not_found',
    ],
    [
      'archiving several of which one is not there',
      (uid) => call('clients.archive', { uids: [uid, newUid<ClientUid>()] }),
      'not_found',
    ],
    ['a foreign cursor', () => call('clients.list', { cursor: 'e30' }), 'cursor cursor_invalid'],
  ])('%s changes nothing', async (_case, refused, reason) => {
    const { client } = await create();
    const before = contentHash(business.context.replica);
    expect(refusals(await refused(client.uid))).toEqual([reason]);
    expect(contentHash(business.context.replica)).toBe(before);
  });

  it('deleting a client with a draft, an invoice or an order', async () => {
    const { client } = await create();
    const content = value(await call('invoices.blank', { clientUid: client.uid }));
    const draft = value(
      await call('invoices.createDraft', { content: { ...content, lines: [aLine()] } }),
    );
    const result = await call('clients.delete', { uid: client.uid });
    expect(refusals(result)).toEqual(['uid client_has_documents']);
    value(await call('invoices.deleteDraft', { uid: draft.uid }));
    value(await call('clients.delete', { uid: client.uid }));
  });

  it('changing a deleted client', async () => {
    const { client } = await create();
    value(await call('clients.delete', { uid: client.uid }));
    const result = await call('clients.update', { uid: client.uid, client: aClient() });
    expect(refusals(result)).toEqual(['uid deleted']);
  });
});

describe('the list of clients', () => {
  it('sorts by folded name or age, both ways, in pages without gap or double', async () => {
    const given = ['Żubr', 'acme', 'Émile', 'Zebra', 'émile', 'Acme'];
    for (const name of given) await create({ name });
    const sorted = ['acme', 'Acme', 'Émile', 'émile', 'Zebra', 'Żubr'];
    for (const [sort, expected] of [
      [{ by: 'name', direction: 'asc' }, sorted],
      [{ by: 'name', direction: 'desc' }, sorted.toReversed()],
      [{ by: 'createdAt', direction: 'asc' }, given],
      [{ by: 'createdAt', direction: 'desc' }, given.toReversed()],
    ] as const) {
      const rows = await walkPages(2, async (request) =>
        value(await call('clients.list', { ...request, sort })),
      );
      expect(rows.map(({ name }) => name)).toEqual(expected);
    }
  });

  it('finds by every part, newest first, in pages', async () => {
    await create({ name: 'Zażółć gęślą', vatNumber: 'PL 525-000-90-90' });
    await create({ name: 'Αθήνα Books', email: 'info@books.example' });
    await create({ name: '東京カメラ' });
    expect(await names({ search: 'zazolc' })).toEqual(['Zażółć gęślą']);
    expect(await names({ search: 'PL5250009090' })).toEqual(['Zażółć gęślą']);
    expect(await names({ search: 'αθηνα' })).toEqual(['Αθήνα Books']);
    expect(await names({ search: 'books.ex' })).toEqual(['Αθήνα Books']);
    expect(await names({ search: '京カ' })).toEqual(['東京カメラ']);
    expect(await names({ search: '…' })).toEqual([]);
    expect(await names({ search: ' ' })).toHaveLength(3);
    const rows = await walkPages(2, async (request) =>
      value(await call('clients.list', { ...request, search: 'berlin' })),
    );
    expect(rows.map(({ name }) => name)).toEqual(['東京カメラ', 'Αθήνα Books', 'Zażółć gęślą']);
  });

  it('shows and counts what clients owe, by currency', async () => {
    const [a, b] = [await create({ name: 'Alpha' }), await create({ name: 'Beta' })];
    const sums: [ClientUid, string, number][] = [
      [a.client.uid, 'EUR', 1_000],
      [a.client.uid, 'USD', 250],
      [b.client.uid, 'EUR', 500],
      [b.client.uid, 'PLN', 0],
    ];
    business.context.replica.write((scope) => {
      for (const [clientUid, currency, balance] of sums) {
        scope.db.insert(clientSums).values({ clientUid, currency, balance, invoiced: 0 }).run();
      }
      return ok(null);
    });
    const { rows } = value(await call('clients.list', {}));
    expect(rows.map(({ balances }) => balances)).toEqual([
      [
        { currency: 'EUR', amount: 1_000 },
        { currency: 'USD', amount: 250 },
      ],
      [{ currency: 'EUR', amount: 500 }],
    ]);
    expect(value(await call('clients.count', {}))).toEqual({
      count: 2,
      balances: [
        { currency: 'EUR', amount: 1_500 },
        { currency: 'USD', amount: 250 },
      ],
    });
    expect(value(await call('clients.count', { search: 'beta' }))).toEqual({
      count: 1,
      balances: [{ currency: 'EUR', amount: 500 }],
    });
    expect(value(await call('clients.count', { search: '!' })).count).toBe(0);
    expect(value(await call('clients.count', { shelf: 'archived' })).count).toBe(0);
  });

  it.each([
    ['name', 'clients_by_name'],
    ['createdAt', 'clients_by_age'],
  ] as const)('reads a page by %s from an index', async (by, index) => {
    for (const direction of ['asc', 'desc'] as const) {
      for (const cursor of [
        undefined,
        encodeCursor(`${by} ${direction}`, { id: 1, sortKey: '' }),
      ]) {
        const plans = await queryPlans(business.context.replica, () =>
          call('clients.list', { sort: { by, direction }, cursor }),
        );
        expect(plans).toHaveLength(1);
        expect(plans[0]?.[0]).toContain(`SEARCH clients USING INDEX ${index} (<expr>=?`);
        expect(plans[0]?.join()).not.toMatch(/SCAN|TEMP B-TREE/);
      }
    }
  });

  it('reads a search from the full text index, in its order', async () => {
    const plans = await queryPlans(business.context.replica, () =>
      call('clients.list', { search: 'acme' }),
    );
    const plan = plans.at(-1)?.join('; ');
    expect(plan).toMatch(
      /SCAN clients_search VIRTUAL TABLE.*; SEARCH clients USING INTEGER PRIMARY/,
    );
    expect(plan).not.toContain('TEMP B-TREE');
  });
});

describe('the summary of a client', () => {
  it('tells what was invoiced, is owed and is overdue, and how many documents there are', async () => {
    const { client } = await create();
    const content = value(await call('invoices.blank', { clientUid: client.uid }));
    for (const [issueDate, dueDate] of [
      ['2026-01-10', '2026-02-10'],
      ['2026-03-01', '2026-03-10'],
    ] as const) {
      const draft = value(
        await call('invoices.createDraft', {
          content: { ...content, issueDate, dueDate, lines: [aLine({ unitPrice: 500_000 })] },
        }),
      );
      value(await call('invoices.finalise', { uid: draft.uid }));
    }
    expect(value(await call('clients.summary', { uid: client.uid }))).toEqual({
      currencies: [{ currency: 'EUR', invoiced: 10_000, balance: 10_000, overdue: 5_000 }],
      invoiceCount: 2,
      orderCount: 0,
    });
  });
});
