import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ParsedInput } from '../../../shared/contracts/app-api';
import type { InvoiceRow } from '../../../shared/contracts/app-api/invoices';
import { addDays, calendarDate } from '../../../shared/domain/calendar-date';
import type { CurrencyCode } from '../../../shared/domain/currency';
import type { ClientUid } from '../../../shared/domain/ids';
import type { Invoice, InvoiceStatus } from '../../../shared/domain/invoice';
import { invoiceStatus } from '../../../shared/domain/invoice';
import { signedTotal, statusOf } from '../../../shared/domain/invoice-status';
import { minor } from '../../../shared/domain/money';
import { ok } from '../../../shared/domain/result';
import { encodeCursor } from '../../listing/pages';
import { walkPages } from '../../listing/testing/walk-pages';
import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { numberSortOf } from '../documents/number-sort';
import { aLine, anIssued, createClient, refusals, value } from '../documents/testing/builders';
import { planOf, spyOnQueries } from '../documents/testing/query-plans';
import { openBalance } from './invoice-mapping';
import { insertInvoices } from './invoice-repository';
import { invoiceUseCases } from './invoice-use-cases';

type ListInput = ParsedInput<'invoices.list'>;
type Sort = ListInput['sort'];

const list = invoiceUseCases['invoices.list'];
const count = invoiceUseCases['invoices.count'];

let business: TestBusiness;
let clients: readonly (readonly [ClientUid, string])[];
let all: readonly Invoice[];
const today = calendarDate.parse('2026-03-10');

beforeAll(async () => {
  business = openTestBusiness();
  const { context } = business;
  clients = ['Żabka', 'acme', 'Über GmbH'].map((name) => [createClient(context, { name }), name]);
  const blank = value(await invoiceUseCases['invoices.blank'](context, {}));
  const made = Array.from({ length: 240 }, (_, index) => {
    const [clientUid, clientName] = clients[index % 3] ?? ['', ''];
    const issueDate = addDays(blank.issueDate, -((index * 7) % 90));
    const content = {
      ...blank,
      clientUid: index % 11 === 0 ? null : (clientUid as ClientUid),
      currency: (index % 5 === 0 ? 'USD' : 'EUR') as CurrencyCode,
      issueDate,
      dueDate: addDays(issueDate, index % 60),
      buyerReference: `PO-${index % 7}`,
      lines: [aLine({ unitPrice: ((index * 37) % 50) * 10_000 })],
    };
    const invoice = anIssued(content, { number: `X-${index}` });
    const { total } = invoice.totals;
    return { invoice: variantOf(invoice, index, total), clientName };
  });
  value(
    context.replica.write((scope) => {
      insertInvoices(scope, made);
      return ok(null);
    }),
  );
  all = made.map((record) => record.invoice).filter((invoice) => invoice.deletedAt === null);
});
afterAll(() => {
  business.close();
});

function variantOf(invoice: Invoice, index: number, total: number): Invoice {
  const draft = { ...invoice, number: null, finalisedAt: null, isImported: false };
  switch (index % 8) {
    case 0:
      return draft;
    case 1:
      return { ...draft, deletedAt: '2026-01-02T00:00:00.000Z' };
    case 2:
      return { ...invoice, paid: minor(total) };
    case 3:
      return { ...invoice, paid: minor(Math.floor(total / 2)) };
    case 4:
      return { ...invoice, kind: 'credit_note' };
    case 5:
      return { ...invoice, credited: minor(total) };
    default:
      return invoice;
  }
}

const SORT_KEYS: Readonly<Record<Sort['by'], (invoice: Invoice) => string | number>> = {
  issueDate: ({ content }) => content.issueDate,
  dueDate: ({ content }) => content.dueDate,
  number: ({ number }) => numberSortOf(number),
  clientName: ({ uid }) => rowNames.get(uid) ?? '',
  total: ({ kind, totals }) => signedTotal(kind, totals.total),
  balance: openBalance,
};
const rowNames = new Map<string, string>();

function statusNow(invoice: Invoice): InvoiceStatus {
  const { kind, finalisedAt, totals, paid, credited, content } = invoice;
  const { total } = totals;
  const { dueDate } = content;
  return statusOf({ kind, finalisedAt, total, paid, credited, dueDate, today });
}

async function pagesOf(input: Omit<ListInput, 'cursor'>): Promise<readonly InvoiceRow[]> {
  return walkPages(input.limit, async (request) =>
    value(await list(business.context, { ...input, ...request })),
  );
}

const byDate: Sort = { by: 'issueDate', direction: 'desc' };

const filter = fc.record(
  {
    kind: fc.constantFrom('invoice', 'credit_note'),
    statuses: fc.uniqueArray(fc.constantFrom(...invoiceStatus.options)),
    client: fc.nat(2),
    currency: fc.constantFrom('EUR', 'USD', 'GBP'),
    days: fc.tuple(fc.nat(90), fc.nat(90)),
  },
  { requiredKeys: [] },
);

describe('invoices.list', () => {
  it('sorts by every column, both ways, each row once', async () => {
    for (const row of await pagesOf({ limit: 200, sort: byDate })) {
      rowNames.set(
        row.uid,
        { Żabka: 'zabka', acme: 'acme', 'Über GmbH': 'uber gmbh' }[row.clientName] ?? '',
      );
    }
    for (const by of Object.keys(SORT_KEYS) as Sort['by'][]) {
      for (const direction of ['asc', 'desc'] as const) {
        const rows = await pagesOf({ limit: 37, sort: { by, direction } });
        expect(new Set(rows.map((row) => row.uid)).size).toBe(all.length);
        const keys = rows.map((row) => {
          const invoice = all.find(({ uid }) => uid === row.uid);
          return invoice === undefined ? '' : SORT_KEYS[by](invoice);
        });
        const sign = direction === 'asc' ? 1 : -1;
        const sorted = [...keys].sort((a, b) => (a === b ? 0 : a < b ? -sign : sign));
        expect(keys, `${by} ${direction}`).toEqual(sorted);
      }
    }
  });

  it('shows exactly what the filters leave, and counts it', async () => {
    await fc.assert(
      fc.asyncProperty(
        filter,
        fc.constantFrom(...(Object.keys(SORT_KEYS) as Sort['by'][])),
        async ({ client, days, currency, ...rest }, by) => {
          const [from, to] = (days ?? []).map((back) => addDays(today, -back));
          const clientUid = client === undefined ? undefined : clients[client]?.[0];
          const wanted = {
            ...rest,
            currency: currency as CurrencyCode | undefined,
            clientUid,
            from,
            to,
          };
          const expected = all.filter(
            (invoice) =>
              (rest.kind === undefined || invoice.kind === rest.kind) &&
              (rest.statuses === undefined || rest.statuses.includes(statusNow(invoice))) &&
              (clientUid === undefined || invoice.content.clientUid === clientUid) &&
              (currency === undefined || invoice.content.currency === currency) &&
              (from === undefined || invoice.content.issueDate >= from) &&
              (to === undefined || invoice.content.issueDate <= to),
          );
          const rows = await pagesOf({ ...wanted, limit: 100, sort: { by, direction: 'asc' } });
          expect(rows.map((row) => row.uid).sort()).toEqual(expected.map(({ uid }) => uid).sort());
          const counted = value(await count(business.context, wanted));
          expect(counted.count).toBe(expected.length);
          expect(counted.totals).toEqual(sumsOf(rows));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('finds words of the number, the client, the reference and the lines, newest first', async () => {
    const find = async (search: string) =>
      (await pagesOf({ search, limit: 20, sort: byDate })).map((row) => row.uid);
    expect(await find('zabk')).toEqual(await find('ŻABKA'));
    const expected = all.filter(({ content }) => content.buyerReference === 'PO-3');
    expect(await find('po-3')).toEqual(expected.map(({ uid }) => uid).reverse());
    expect(await find('X-7')).toContain(all.find(({ number }) => number === 'X-7')?.uid);
    expect((await find('consult')).length).toBe(all.length);
    expect(await find('no such words')).toEqual([]);
    expect(await find('"*')).toEqual([]);
    const counted = value(await count(business.context, { search: 'po-3' }));
    expect(counted.count).toBe(expected.length);
  });

  it('refuses a cursor of another order', async () => {
    const page = value(await list(business.context, { limit: 1, sort: byDate }));
    const other = {
      limit: 1,
      cursor: page.nextCursor ?? '',
      sort: { ...byDate, by: 'total' as const },
    };
    expect(refusals(await list(business.context, other))).toEqual(['cursor cursor_invalid']);
  });
});

function sumsOf(rows: readonly InvoiceRow[]) {
  const sums = new Map<string, { currency: string; total: number; balance: number }>();
  for (const { currency, total, balance } of rows) {
    const sum = sums.get(currency) ?? { currency, total: 0, balance: 0 };
    sums.set(currency, { currency, total: sum.total + total, balance: sum.balance + balance });
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

describe('indexes of the list', () => {
  it('answer every order without sorting, also after a cursor', async () => {
    const fresh = openTestBusiness();
    const seen = spyOnQueries(fresh.context);
    for (const by of Object.keys(SORT_KEYS) as Sort['by'][]) {
      for (const direction of ['asc', 'desc'] as const) {
        const sort = { by, direction };
        const cursor = encodeCursor(`${by} ${direction}`, { id: 1, sortKey: '' });
        value(await list(fresh.context, { limit: 50, sort }));
        value(await list(fresh.context, { limit: 50, sort, cursor }));
      }
    }
    const plans = seen().filter((query) => query.includes('from "invoices"'));
    expect(plans).toHaveLength(24);
    for (const query of plans) {
      const plan = planOf(fresh.context, query);
      expect(plan, query).toMatch(/^(SEARCH|SCAN) invoices USING INDEX/);
      expect(plan, query).not.toContain('TEMP B-TREE');
    }
    fresh.close();
  });
});
