import { z } from 'zod';

import { calendarDate, instant } from '../../domain/calendar-date';
import { invoiceUid, seriesUid, taxCodeUid } from '../../domain/ids';
import { numberSeries, seriesInput } from '../../domain/number-series';
import { taxCode, taxCodeInput } from '../../domain/tax';
import { issueSchema, method, nothing } from './method';

/** A series with where it stands. */
const seriesState = numberSeries.extend({
  /** By period (year, or 0 without yearly reset): first number and last one taken (0: none). */
  periods: z.array(z.object({ period: z.int(), start: z.int(), last: z.int() })),
  /** What the next document dated today would get; null for imported history. */
  next: z.string().nullable(),
});
export type SeriesState = z.infer<typeof seriesState>;

const seriesChange = seriesInput.extend({
  uid: seriesUid,
  /** Next start of the current period; only while no number of it was taken. */
  start: z.int().min(1).max(999_999_999),
});

/** Proof that a series has no gap and no duplicate, or where it has. */
const sequenceReport = z.object({
  series: numberSeries,
  periods: z.array(
    z.object({
      period: z.int(),
      first: z.string().nullable(),
      last: z.string().nullable(),
      count: z.int(),
      gaps: z.array(z.object({ from: z.string(), to: z.string() })),
      duplicates: z.array(z.object({ number: z.string(), uids: z.array(invoiceUid) })),
      isProven: z.boolean(),
    }),
  ),
});
export type SequenceReport = z.infer<typeof sequenceReport>;

export const settingsMethods = {
  'taxCodes.list': method(
    z.object({ includeArchived: z.boolean().default(false) }),
    z.array(taxCode),
  ),
  'taxCodes.create': method(z.object({ taxCode: taxCodeInput }), taxCode),
  /** `base`: what the form shows besides what was typed; what others changed is merged with that. */
  'taxCodes.update': method(
    z.object({ uid: taxCodeUid, taxCode: taxCodeInput, base: taxCodeInput.optional() }),
    taxCode,
  ),
  'taxCodes.archive': method(z.object({ uid: taxCodeUid }), nothing),
  'taxCodes.unarchive': method(z.object({ uid: taxCodeUid }), nothing),
  'series.list': method(nothing, z.array(seriesState)),
  /** What a change would mean: the next numbers, and the collisions that refuse it. */
  'series.preview': method(
    seriesChange,
    z.object({ examples: z.array(z.string()), issues: z.array(issueSchema) }),
  ),
  /** `base`: what the form shows besides what was typed; what others changed is merged with that. */
  'series.update': method(seriesChange.extend({ base: seriesInput.optional() }), seriesState),
  /** The "Number sequence report" of one series; documents from `from` to `to` (issue date). */
  'series.report': method(
    z.object({ uid: seriesUid, from: calendarDate.optional(), to: calendarDate.optional() }),
    sequenceReport,
  ),
  'backups.list': method(
    nothing,
    z.array(
      z.object({
        id: z.string(),
        at: instant,
        kind: z.enum(['daily', 'manual', 'before_migration', 'before_restore']),
        sizeBytes: z.int(),
      }),
    ),
  ),
  'backups.create': method(nothing, z.object({ id: z.string(), at: instant })),
  /**
   * Puts a backup in place of the current replica (which is itself backed up first). Issued
   * documents that the backup lacks are brought back from the ledger.
   */
  'backups.restore': method(z.object({ id: z.string() }), z.object({ broughtBack: z.int() })),
  /** After a damaged file: goes on without a backup, with an empty replica and the ledger. */
  'backups.startEmpty': method(nothing, z.object({ broughtBack: z.int() })),
  /** After a lost ledger: the last number used decides where a new series begins. */
  'ledger.recreate': method(z.object({ lastNumber: z.string().max(60) }), nothing),
};
