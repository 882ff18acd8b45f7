import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Dashboard } from '../../../shared/contracts/app-api/reports';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { addDays, daysBetween } from '../../../shared/domain/calendar-date';
import { currencyCode } from '../../../shared/domain/currency';
import type { SeriesUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import { minor, ZERO } from '../../../shared/domain/money';
import { ok } from '../../../shared/domain/result';
import { createCaller, type Call } from '../../testing/caller';
import { openTestBusiness, type TestBusiness } from '../../testing/open-test-business';
import { queryPlans } from '../../testing/query-plans';
import { clientUseCases } from '../clients/client-use-cases';
import { aClient } from '../clients/testing/client-input';
import { SumChanges } from '../documents/sums';
import { aLine, value } from '../documents/testing/builders';
import type { NewInvoice } from '../invoices/invoice-repository';
import { insertInvoices } from '../invoices/invoice-repository';
import { newDraft } from '../invoices/invoice-facts';
import { invoiceUseCases } from '../invoices/invoice-use-cases';
import { readDashboard } from './dashboard';
import { reportUseCases } from './report-use-cases';

const useCases = { ...reportUseCases, ...clientUseCases, ...invoiceUseCases };
const TODAY = '2026-03-10' as CalendarDate;
const CURRENCIES = ['EUR', 'JPY', 'PLN'];

let business: TestBusiness;
let call: Call<keyof typeof useCases>;
let documents: readonly NewInvoice[];

beforeAll(async () => {
  business = openTestBusiness();
  call = createCaller(business.context, useCases);
  const { client } = value(
    await call('clients.create', { client: aClient({ name: 'Żółw', email: 'a@acme.example' }) }),
  );
  const blank = value(await call('invoices.blank', { clientUid: client.uid }));
  const seriesUid = newUid<SeriesUid>();
  documents = Array.from({ length: 200 }, (_, index): NewInvoice => {
    const issueDate = addDays(TODAY, ((index * 37) % 700) - 600);
    const draft = newDraft(
      {
        ...blank,
        currency: currencyCode.parse(CURRENCIES[index % 3]),
        issueDate,
        dueDate: addDays(issueDate, (index * 13) % 60),
        lines: [aLine({ unitPrice: (index + 1) * 10_000 })],
      },
      '2026-03-10T09:00:00.000Z',
      { kind: index % 11 === 0 ? 'credit_note' : 'invoice' },
    );
    if (index % 7 === 0) return { invoice: draft, clientName: 'Żółw' };
    const paid = index % 5 === 0 ? minor(Math.floor(draft.totals.total / 2)) : ZERO;
    const invoice = {
      ...draft,
      number: `N-${String(index)}`,
      seriesUid,
      period: 2026,
      sequence: index,
      finalisedAt: '2026-03-10T09:00:00.000Z',
      paid: draft.kind === 'invoice' ? paid : ZERO,
    };
    return { invoice, clientName: 'Żółw' };
  });
  business.context.replica.write((scope) => {
    insertInvoices(scope, documents);
    const sums = new SumChanges();
    for (const { invoice } of documents) {
      const { currency, issueDate: date } = invoice.content;
      if (invoice.paid > 0) sums.payment({ currency, date, amount: invoice.paid });
    }
    sums.apply(scope);
    return ok(null);
  });
});
afterAll(() => business.close());

/** The dashboard by reading every document. */
function scanned(today: CalendarDate): Dashboard {
  const issued = documents.map(({ invoice }) => invoice).filter((one) => one.finalisedAt !== null);
  const open = issued
    .filter(({ kind }) => kind === 'invoice')
    .map((one) => ({
      currency: one.content.currency,
      late: daysBetween(one.content.dueDate, today),
      amount: one.totals.total - one.paid,
    }));
  const inMonth = (date: string) => date.startsWith(today.slice(0, 7));
  const inYear = (date: string) => date.startsWith(today.slice(0, 4));
  return {
    currencies: CURRENCIES.map((code) => {
      const currency = currencyCode.parse(code);
      const owed = (from: number, to: number) =>
        sum(open.filter((one) => one.currency === code && one.late >= from && one.late <= to));
      const net = (isIn: (date: string) => boolean) =>
        sum(
          issued
            .filter(({ content }) => content.currency === code && isIn(content.issueDate))
            .map(({ kind, totals }) => ({
              amount: kind === 'credit_note' ? -totals.net : totals.net,
            })),
        );
      return {
        currency,
        outstanding: owed(-Infinity, Infinity),
        overdue: owed(1, Infinity),
        ageing: {
          notDue: owed(-Infinity, 0),
          days1To30: owed(1, 30),
          days31To60: owed(31, 60),
          days61To90: owed(61, 90),
          over90: owed(91, Infinity),
        },
        revenueThisMonth: net(inMonth),
        revenueThisYear: net(inYear),
        paidThisMonth: sum(
          issued
            .filter(({ content }) => content.currency === code && inMonth(content.issueDate))
            .map(({ paid }) => ({ amount: paid })),
        ),
      };
    }),
    draftCount: documents.length - issued.length,
    overdueCount: open.filter(({ late }) => late > 0).length,
    openOrderCount: 0,
  };
}

function sum(parts: readonly { readonly amount: number }[]) {
  return minor(parts.reduce((total, { amount }) => total + amount, 0));
}

describe('the dashboard', () => {
  it('says the same as all documents together, on any day', () => {
    for (const shift of [-500, -92, -91, -61, -31, -1, 0, 1, 20, 21, 22, 31, 90, 300]) {
      const today = addDays(TODAY, shift);
      const figures = business.context.replica.read((scope) => readDashboard(scope, today, 'EUR'));
      expect(figures).toEqual(scanned(today));
    }
  });

  it('shows the home currency first', async () => {
    const { currencies } = value(await call('reports.dashboard', {}));
    expect(currencies.map(({ currency }) => currency)).toEqual(['EUR', 'JPY', 'PLN']);
    const fromTokyo = business.context.replica.read((scope) => readDashboard(scope, TODAY, 'JPY'));
    expect(fromTokyo.currencies.map(({ currency }) => currency)).toEqual(['JPY', 'EUR', 'PLN']);
  });

  it('reads sums, never documents', async () => {
    const fresh = openTestBusiness();
    const plans = await queryPlans(fresh.context.replica, () =>
      fresh.context.replica.read((scope) => readDashboard(scope, TODAY, 'EUR')),
    );
    fresh.close();
    expect(plans.flat()).toContain(
      'SEARCH day_sums USING PRIMARY KEY (figure=? AND currency=? AND day>? AND day<?)',
    );
    expect(plans.flat().filter((step) => step.includes(' invoices'))).toEqual([]);
    expect(plans.flat()).toContainEqual(
      expect.stringContaining('SEARCH orders USING COVERING INDEX orders_by_status (status=?'),
    );
  });

  it('is empty for a new business', async () => {
    const fresh = openTestBusiness();
    const dashboard = createCaller(fresh.context, reportUseCases);
    expect(value(await dashboard('reports.dashboard', {}))).toEqual({
      currencies: [],
      draftCount: 0,
      overdueCount: 0,
      openOrderCount: 0,
    });
    fresh.close();
  });
});

describe('search over everything', () => {
  it('finds the newest of each kind', async () => {
    const found = value(await call('search.everything', { text: 'zolw' }));
    expect(found.clients).toEqual([
      { uid: expect.any(String) as string, title: 'Żółw', detail: 'a@acme.example' },
    ]);
    expect(found.invoices.map(({ title, detail }) => `${title} ${detail}`)).toEqual([
      'N-199 Żółw',
      'N-198 Żółw',
      'N-197 Żółw',
      ' Żółw',
      'N-195 Żółw',
      'N-194 Żółw',
    ]);
    expect(found.products).toEqual([]);
    expect(found.orders).toEqual([]);
  });

  it('finds nothing by nothing', async () => {
    const found = value(await call('search.everything', { text: '?' }));
    expect(Object.values(found).flat()).toEqual([]);
  });
});

describe('the activity of a record', () => {
  it('comes newest first, no more than asked for', async () => {
    const { client } = value(await call('clients.create', { client: aClient() }));
    const { uid } = client;
    value(await call('clients.update', { uid, client: aClient({ name: 'New', phone: '1' }) }));
    value(await call('clients.archive', { uids: [uid] }));
    const entries = value(
      await call('activity.ofRecord', { collection: 'clients', uid, limit: 2 }),
    );
    expect(entries).toMatchObject([
      { action: 'archived', fields: ['archivedAt'] },
      { action: 'edited', fields: ['name', 'phone'] },
    ]);
    const others = await call('activity.ofRecord', { collection: 'orders', uid });
    expect(value(others)).toEqual([]);
  });
});

describe('records that stand', () => {
  it('are those that are there and not deleted', async () => {
    const add = async (name: string) =>
      value(await call('clients.create', { client: aClient({ name }) })).client.uid;
    const [kept, archived, gone] = [await add('Kept'), await add('Archived'), await add('Gone')];
    value(await call('clients.archive', { uids: [archived] }));
    value(await call('clients.delete', { uid: gone }));
    const uids = [gone, archived, newUid(), kept];
    const standing = (collection: 'clients' | 'invoices') =>
      call('records.standing', { collection, uids }).then((answer) => value(answer).uids);
    expect((await standing('clients')).toSorted()).toEqual([kept, archived].toSorted());
    expect(await standing('invoices')).toEqual([]);
  });
});
