import { eq } from 'drizzle-orm';

import type { SequenceReport, SeriesState } from '../../shared/contracts/app-api/settings';
import type { CalendarDate } from '../../shared/domain/calendar-date';
import { yearOf } from '../../shared/domain/calendar-date';
import { checkPattern, formatNumber, parseNumber } from '../../shared/domain/number-pattern';
import { invoiceUid } from '../../shared/domain/ids';
import type { FieldPatch } from '../../shared/contracts/sync/protocol';
import type { NumberSeries } from '../../shared/domain/number-series';
import { seriesInput } from '../../shared/domain/number-series';
import type { Issue } from '../../shared/domain/result';
import { issue, notFound, ok, refused, refusedFor } from '../../shared/domain/result';
import { reportSequence } from '../../shared/domain/sequence-report';
import { diffFields } from '../../shared/sync/diff-fields';
import { pick } from '../../shared/sync/pick';
import type { BusinessContext, UseCases } from '../context';
import type { Mutation } from '../replica/changes';
import type { ReadScope } from '../replica/replica';
import { invoices, series, seriesPeriods } from '../replica/schema';
import { editOnBase } from '../sync/edit-on-base';
import type { NumberedRecord } from './series-repository';
import { readAllSeries, readNumbered, readPeriods, readSeries } from './series-repository';

const EXAMPLES = 3;
const FIRST_DAY = '0000-01-01' as CalendarDate;
const LAST_DAY = '9999-12-31' as CalendarDate;

interface SeriesChange {
  readonly pattern: string;
  readonly resetsYearly: boolean;
  readonly start: number;
}

/** Number series: where they stand, changing them safely, and the number sequence report. */
export const seriesUseCases: UseCases<
  'series.list' | 'series.preview' | 'series.update' | 'series.report'
> = {
  'series.list': (context) =>
    ok(
      context.replica.read((scope) =>
        readAllSeries(scope).map((one) => stateOf(context, scope, one)),
      ),
    ),

  'series.preview': (context, change) =>
    context.replica.read((scope) => {
      const current = readSeries(scope, change.uid);
      if (!current) return notFound('series', change.uid);
      const issues = checkChange(context, scope, current, change);
      const isPrintable = issues.every(({ field }) => field !== 'pattern');
      return ok({
        examples: isPrintable ? examplesOf(context, current, change) : [],
        issues: [...issues],
      });
    }),

  'series.update': (context, { base, ...change }) =>
    context.replica.write((scope) => {
      const current = readSeries(scope, change.uid);
      if (!current) return notFound('series', change.uid);
      if (current.kind === 'imported') return refused('uid', 'series_not_editable');
      const edit = { base, typed: pick(seriesInput, change), stored: pick(seriesInput, current) };
      const input = editOnBase(scope, 'settings', change.uid, seriesInput, edit);
      const issues = checkChange(context, scope, current, { ...change, ...input });
      if (issues.length > 0) return refusedFor(issues);
      scope.db.update(series).set(input).where(eq(series.uid, change.uid)).run();
      const next = { ...current, ...input };
      const period = currentPeriod(context, next);
      const before = periodOf(scope, next, period);
      if (before === null || before.last < before.start) {
        scope.db
          .insert(seriesPeriods)
          .values({ seriesUid: next.uid, period, start: change.start, last: change.start - 1 })
          .onConflictDoUpdate({
            target: [seriesPeriods.seriesUid, seriesPeriods.period],
            set: { start: change.start, last: change.start - 1 },
          })
          .run();
      }
      const fields = diffFields(
        { ...current, start: before?.start ?? 1 },
        { ...next, start: change.start },
      );
      if (Object.keys(fields).length > 0) {
        scope.record({
          collection: 'settings',
          uid: next.uid,
          action: 'edited',
          // Where a series begins is between this device and its ledger.
          mutation: patternPatch(fields),
        });
      }
      return ok(stateOf(context, scope, next));
    }),

  'series.report': (context, { uid, from, to }) =>
    context.replica.read((scope) => {
      const one = readSeries(scope, uid);
      if (!one) return notFound('series', uid);
      if (one.kind === 'order' || one.kind === 'imported') {
        return refused('uid', 'series_without_report');
      }
      const range =
        from === undefined && to === undefined
          ? null
          : { from: from ?? FIRST_DAY, to: to ?? LAST_DAY };
      return ok({ series: one, periods: reportPeriods(context, scope, one, range) });
    }),
};

function currentPeriod(context: BusinessContext, one: Pick<NumberSeries, 'resetsYearly'>): number {
  return one.resetsYearly ? yearOf(context.today()) : 0;
}

function periodOf(scope: ReadScope, one: NumberSeries, period: number) {
  return readPeriods(scope, one.uid).find((candidate) => candidate.period === period) ?? null;
}

function stateOf(context: BusinessContext, scope: ReadScope, one: NumberSeries): SeriesState {
  const periods = readPeriods(scope, one.uid).map(({ period, start, last }) => ({
    period,
    start,
    last: last < start ? 0 : last,
  }));
  const next =
    one.kind === 'imported'
      ? null
      : formatNumber(one, {
          year: yearOf(context.today()),
          sequence: lastTaken(context, scope, one, currentPeriod(context, one)) + 1,
        });
  return { ...one, periods, next };
}

function lastTaken(
  context: BusinessContext,
  scope: ReadScope,
  one: NumberSeries,
  period: number,
): number {
  const known = periodOf(scope, one, period)?.last ?? 0;
  return Math.max(known, context.ledger.highest(one.uid, period));
}

/** Everything that refuses a change, before it is saved. */
function checkChange(
  context: BusinessContext,
  scope: ReadScope,
  current: NumberSeries,
  change: SeriesChange,
): readonly Issue[] {
  const next = { ...current, ...change };
  const issues = checkPattern(next, readAllSeries(scope));
  if (issues.length > 0) return issues;
  const period = currentPeriod(context, next);
  const state = periodOf(scope, next, period);
  const taken = lastTaken(context, scope, next, period);
  const hasTaken = state === null ? taken > 0 : taken >= state.start;
  // Jumping ahead in a series that is in use would leave a gap.
  if (hasTaken && change.start !== (state?.start ?? 1)) {
    return [issue('start', 'series_in_use', { last: taken })];
  }
  const first = hasTaken ? taken + 1 : change.start;
  const clash = firstClash(scope, next, first, yearOf(context.today()));
  return clash === null
    ? []
    : [issue(hasTaken ? 'pattern' : 'start', 'numbers_exist', { number: clash })];
}

/** A number that a document already carries and that this series would print one day. */
function firstClash(
  scope: ReadScope,
  next: NumberSeries,
  first: number,
  year: number,
): string | null {
  if (next.kind !== 'invoice' && next.kind !== 'credit_note') return null;
  const numbers = scope.db
    .select({ number: invoices.number, seriesUid: invoices.seriesUid })
    .from(invoices)
    .all();
  for (const { number, seriesUid } of numbers) {
    if (number === null || seriesUid === next.uid) continue;
    const parsed = parseNumber(next, number);
    if (parsed === null) continue;
    const isOfThisPeriod = !next.resetsYearly || parsed.year === year;
    if (isOfThisPeriod ? parsed.sequence >= first : (parsed.year ?? year) > year) return number;
  }
  return null;
}

function examplesOf(
  context: BusinessContext,
  current: NumberSeries,
  change: SeriesChange,
): string[] {
  const year = yearOf(context.today());
  return Array.from({ length: EXAMPLES }, (_, index) =>
    formatNumber({ ...current, ...change }, { year, sequence: change.start + index }),
  );
}

function reportPeriods(
  context: BusinessContext,
  scope: ReadScope,
  one: NumberSeries,
  range: { readonly from: CalendarDate; readonly to: CalendarDate } | null,
): SequenceReport['periods'] {
  const numbered = readNumbered(scope, one.uid, range);
  const periods = new Map<number, NumberedRecord[]>();
  for (const record of numbered) {
    const group = periods.get(record.period);
    if (group) group.push(record);
    else periods.set(record.period, [record]);
  }
  return [...periods].map(([period, entries]) => {
    // A part of a period is proven from its own first number on.
    const start = range ? (entries[0]?.sequence ?? 1) : (periodOf(scope, one, period)?.start ?? 1);
    const report = reportSequence({
      start,
      entries: entries.map((entry) => ({ ...entry, isInReplica: true })),
    });
    const last = report.last?.sequence ?? 0;
    const lost = range ? 0 : context.ledger.highest(one.uid, period) - last;
    const gaps = lost > 0 ? [...report.gaps, { from: last + 1, to: last + lost }] : report.gaps;
    const print = (sequence: number): string =>
      formatNumber(one, { year: period === 0 ? yearOf(context.today()) : period, sequence });
    return {
      period,
      first: report.first?.number ?? null,
      last: report.last?.number ?? null,
      count: report.count,
      gaps: gaps.map((gap) => ({ from: print(gap.from), to: print(gap.to) })),
      duplicates: report.duplicates.map(({ number, entries: same }) => ({
        number,
        uids: same.map((entry) => invoiceUid.parse(entry.uid)),
      })),
      isProven: report.isProven && lost <= 0,
    };
  });
}

/** What the cloud keeps of a change; null where nothing of it is the cloud's. */
function patternPatch({ start: _, ...fields }: FieldPatch): Mutation | null {
  return Object.keys(fields).length === 0 ? null : { kind: 'patch', fields };
}
