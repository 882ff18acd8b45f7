import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { eq } from 'drizzle-orm';

import type { CalendarDate } from '../../shared/domain/calendar-date';
import type { SeriesUid } from '../../shared/domain/ids';
import { newUid } from '../../shared/domain/ids';
import type { Result } from '../../shared/domain/result';
import { ok, refused } from '../../shared/domain/result';
import { invoices, orders, series } from '../replica/schema';
import { openTestBusiness, type TestBusiness } from '../testing/open-test-business';
import { insertBareInvoice } from '../testing/bare-invoice';
import { settleLedger } from './settle-ledger';
import { seriesUseCases } from './series-use-cases';
import { peekNumber, takeNumber } from './take-number';

let business: TestBusiness;

beforeEach(() => {
  business = openTestBusiness();
});
afterEach(() => business.close());

const day = (text: string): CalendarDate => text as CalendarDate;

function seriesUid(kind: 'invoice' | 'credit_note' | 'order' | 'imported'): SeriesUid {
  const row = business.context.replica.read((scope) =>
    scope.db.select({ uid: series.uid }).from(series).where(eq(series.kind, kind)).get(),
  );
  return row?.uid as SeriesUid;
}

/** Issues a document the way finalising does, but without its paper. */
function issueInvoice(issueDate: string, kind: 'invoice' | 'credit_note' = 'invoice'): string {
  const { context } = business;
  const uid = newUid();
  const result = context.replica.write((scope) => {
    const taken = takeNumber(scope, context, kind, day(issueDate));
    if (!taken.ok) return taken;
    insertBareInvoice(scope, { uid, kind, issueDate, ...taken.value });
    context.ledger.intend({
      ...taken.value,
      invoiceUid: uid,
      frozen: '{}',
      sha256: '',
      pdf: null,
    });
    return taken;
  });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  context.ledger.confirm(result.value);
  return result.value.number;
}

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function report(kind: 'invoice' | 'credit_note') {
  const answer = await seriesUseCases['series.report'](business.context, { uid: seriesUid(kind) });
  return valueOf(answer).periods;
}

describe('taking numbers', () => {
  it('begins a new business with INV-2026-0001 and goes on without a gap', () => {
    expect(issueInvoice('2026-03-10')).toBe('INV-2026-0001');
    expect(issueInvoice('2026-03-10')).toBe('INV-2026-0002');
    expect(issueInvoice('2026-03-11', 'credit_note')).toBe('CN-2026-0001');
  });

  it('counts each year by the issue date, whatever today is', () => {
    expect(issueInvoice('2025-12-31')).toBe('INV-2025-0001');
    expect(issueInvoice('2026-01-01')).toBe('INV-2026-0001');
    expect(issueInvoice('2025-12-30')).toBe('INV-2025-0002');
  });

  it('gives a number back when the document was not kept', () => {
    const { context } = business;
    context.replica.write((scope) => {
      valueOf(takeNumber(scope, context, 'invoice', day('2026-03-10')));
      return refused('lines', 'required');
    });
    expect(issueInvoice('2026-03-10')).toBe('INV-2026-0001');
  });

  it('refuses a number that imported history already carries', () => {
    const { context } = business;
    context.replica.write((scope) => {
      insertBareInvoice(scope, {
        uid: newUid(),
        kind: 'invoice',
        issueDate: '2026-01-05',
        number: 'INV-2026-0001',
        seriesUid: seriesUid('imported'),
        period: null,
        sequence: null,
      });
      return ok(undefined);
    });
    const result = context.replica.write((scope) =>
      takeNumber(scope, context, 'invoice', day('2026-03-10')),
    );
    expect(result).toEqual(refused('number', 'number_used', { number: 'INV-2026-0001' }));
  });

  it('R47 goes on after what the ledger knows, as after a restored backup', () => {
    const { context } = business;
    context.ledger.raise({ seriesUid: seriesUid('invoice'), period: 2026, sequence: 41 });
    const next = context.replica.read((scope) =>
      peekNumber(scope, context, 'invoice', day('2026-03-10')),
    );
    expect(next.number).toBe('INV-2026-0042');
  });
});

describe('settling the ledger', () => {
  const entry = (uid: string, sequence: number) => ({
    seriesUid: seriesUid('invoice'),
    period: 2026,
    sequence,
    number: `INV-2026-000${sequence}`,
    invoiceUid: uid,
    frozen: '{}',
    sha256: '',
    pdf: null,
  });

  it('R46 confirms what was committed and frees what was not', () => {
    const { replica, ledger } = business.context;
    const kept = newUid();
    replica.write((scope) => {
      const taken = valueOf(takeNumber(scope, business.context, 'invoice', day('2026-03-10')));
      insertBareInvoice(scope, { uid: kept, kind: 'invoice', issueDate: '2026-03-10', ...taken });
      return ok(undefined);
    });
    ledger.intend(entry(kept, 1));
    ledger.intend(entry(newUid(), 2));
    settleLedger(replica, ledger);
    expect(ledger.unsettled()).toEqual([]);
    expect([...ledger.entries()].map(({ number }) => number)).toEqual(['INV-2026-0001']);
    expect(ledger.highest(seriesUid('invoice'), 2026)).toBe(1);
    expect(issueInvoice('2026-03-10')).toBe('INV-2026-0002');
  });
});

describe('the number sequence report', () => {
  it('proves a series without gap and duplicate', async () => {
    for (let i = 0; i < 5; i += 1) issueInvoice('2026-03-10');
    expect(await report('invoice')).toEqual([
      {
        period: 2026,
        first: 'INV-2026-0001',
        last: 'INV-2026-0005',
        count: 5,
        gaps: [],
        duplicates: [],
        isProven: true,
      },
    ]);
  });

  it('shows a document that vanished, in the middle and at the end', async () => {
    for (let i = 0; i < 5; i += 1) issueInvoice('2026-03-10');
    const { connection } = business.context.replica;
    connection.exec(`DELETE FROM invoices WHERE number IN ('INV-2026-0003', 'INV-2026-0005')`);
    expect(await report('invoice')).toMatchObject([
      {
        isProven: false,
        gaps: [
          { from: 'INV-2026-0003', to: 'INV-2026-0003' },
          { from: 'INV-2026-0005', to: 'INV-2026-0005' },
        ],
      },
    ]);
  });

  it('is not made for orders, whose numbers need not be gapless', async () => {
    const answer = await seriesUseCases['series.report'](business.context, {
      uid: seriesUid('order'),
    });
    expect(answer).toEqual(refused('uid', 'series_without_report'));
  });
});

describe('changing a series', () => {
  const change = (values: Partial<{ pattern: string; resetsYearly: boolean; start: number }>) => ({
    uid: seriesUid('invoice'),
    pattern: 'INV-{YYYY}-{SERIES}{0000}',
    resetsYearly: true,
    start: 1,
    ...values,
  });

  it('shows the next numbers before it is saved, and saves nothing by it', async () => {
    const shown = await seriesUseCases['series.preview'](
      business.context,
      change({ pattern: 'R{YY}-{000}', start: 120 }),
    );
    expect(valueOf(shown)).toEqual({ examples: ['R26-120', 'R26-121', 'R26-122'], issues: [] });
    expect(issueInvoice('2026-03-10')).toBe('INV-2026-0001');
  });

  it('starts where it is told, while nothing was issued', async () => {
    valueOf(await seriesUseCases['series.update'](business.context, change({ start: 500 })));
    expect(issueInvoice('2026-03-10')).toBe('INV-2026-0500');
    expect(issueInvoice('2026-03-10')).toBe('INV-2026-0501');
    expect(await report('invoice')).toMatchObject([{ isProven: true, count: 2 }]);
  });

  it('refuses to jump ahead in a series in use, which would leave a gap', async () => {
    issueInvoice('2026-03-10');
    expect(await seriesUseCases['series.update'](business.context, change({ start: 9 }))).toEqual(
      refused('start', 'series_in_use', { last: 1 }),
    );
  });

  it('refuses a pattern that another series prints alike', async () => {
    const answer = await seriesUseCases['series.update'](
      business.context,
      change({ pattern: 'CN-{YYYY}-{0000}' }),
    );
    expect(answer).toMatchObject({
      ok: false,
      error: { issues: [{ field: 'pattern', code: 'pattern_collides' }] },
    });
  });

  it('refuses numbers that imported documents already carry', async () => {
    business.context.replica.write((scope) => {
      insertBareInvoice(scope, {
        uid: newUid(),
        kind: 'invoice',
        issueDate: '2026-01-05',
        number: '2026-0007',
        seriesUid: seriesUid('imported'),
        period: null,
        sequence: null,
      });
      return ok(undefined);
    });
    expect(
      await seriesUseCases['series.update'](
        business.context,
        change({ pattern: '{YYYY}-{0000}', start: 1 }),
      ),
    ).toEqual(refused('start', 'numbers_exist', { number: '2026-0007' }));
    valueOf(
      await seriesUseCases['series.update'](
        business.context,
        change({ pattern: '{YYYY}-{0000}', start: 8 }),
      ),
    );
    expect(issueInvoice('2026-03-10')).toBe('2026-0008');
  });

  it('leaves numbers already issued as they are', async () => {
    issueInvoice('2026-03-10');
    valueOf(
      await seriesUseCases['series.update'](business.context, change({ pattern: 'X-{YYYY}-{00}' })),
    );
    expect(issueInvoice('2026-03-10')).toBe('X-2026-02');
    const numbers = business.context.replica.read((scope) =>
      scope.db.select({ number: invoices.number }).from(invoices).all(),
    );
    expect(numbers.map(({ number }) => number)).toEqual(['INV-2026-0001', 'X-2026-02']);
  });

  it('is told to sync and the activity list once, and not when nothing changed', async () => {
    const { connection } = business.context.replica;
    const told = () => connection.prepare('SELECT body FROM outbox').pluck().all().join();
    const noted = () => connection.prepare('SELECT count(*) FROM activity').pluck().get() as number;
    const before = { told: told(), noted: noted() };
    valueOf(await seriesUseCases['series.update'](business.context, change({})));
    expect({ told: told(), noted: noted() }).toEqual(before);
    // Where a series begins is between this device and its ledger.
    valueOf(await seriesUseCases['series.update'](business.context, change({ start: 2 })));
    expect({ told: told(), noted: noted() }).toEqual({ ...before, noted: before.noted + 1 });
    valueOf(
      await seriesUseCases['series.update'](business.context, change({ pattern: 'R-{YY}-{0000}' })),
    );
    expect(told()).toContain('R-{YY}-{0000}');
    expect(noted()).toBe(before.noted + 2);
  });
});

describe('order numbers', () => {
  it('come from the device and never collide with an order that is there', () => {
    const { context } = business;
    const taken = context.replica.write((scope) =>
      takeNumber(scope, context, 'order', day('2026-03-10')),
    );
    expect(valueOf(taken).number).toBe('ORD-2026-0001');
    expect(context.replica.read((scope) => scope.db.select().from(orders).all())).toEqual([]);
  });
});
