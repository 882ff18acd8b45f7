import type { InvoiceRecord } from '../../../../src/shared/contracts/sync/records';
import type { SentMutation } from '../../../../src/shared/contracts/sync/protocol';
import { checkDraft } from '../../../../src/shared/domain/document-rules';
import { isSameValue } from '../../../../src/shared/sync/field-paths';
import type { Attempt, Decision } from '../../../kit/sync/synced-collection';
import { contentOfRecord } from './wire-records';
import { isPaperOf, paperOf } from './paper-rules';

/** Where a document stands in its series. */
export type NumberPlace = Pick<InvoiceRecord, 'seriesUid' | 'period' | 'sequence'>;

/** Which document has which place, as far as a batch is about them; grows as it is merged. */
export interface TakenPlaces {
  readonly owners: Map<string, string>;
  /** Series that the cloud itself numbers in: no device's document may take a place of theirs. */
  readonly ownSeries: ReadonlySet<string>;
}

export const NUMBER_USED_TWICE = 'number_used_twice';

/** What names a place; null for documents that have none. */
export function placeKey({ seriesUid, period, sequence }: NumberPlace): string | null {
  return seriesUid === null || period === null || sequence === null
    ? null
    : `${seriesUid} ${period} ${sequence}`;
}

/** Whether another document has the place of this one, which is then flagged (R44). */
export function isPlaceTaken(record: InvoiceRecord, { owners, ownSeries }: TakenPlaces): boolean {
  const key = placeKey(record);
  if (key === null) return false;
  const owner = owners.get(key);
  if (owner !== undefined) return owner !== record.uid;
  return record.seriesUid !== null && ownSeries.has(record.seriesUid);
}

/**
 * What this service allows: drafts as they are typed, finalising with a paper that fits, and after
 * that nothing but whether the client is reminded (R40 to R44).
 */
export function decideInvoice(
  attempt: Attempt<'invoices'>,
  places: TakenPlaces,
): Decision<'invoices'> {
  const { before, after, isDeleted, mutation } = attempt;
  if (before !== null && before.finalisedAt !== null) return decideFinalised(before, attempt);
  if (isDeleted) return { kind: 'accept' };
  const [issue] = checkDraft(contentOfRecord(after));
  if (issue !== undefined) return { kind: 'reject', code: issue.code, field: issue.field };
  if (after.finalisedAt === null) {
    return after.number === null ? { kind: 'accept' } : malformed('number');
  }
  const flaw = flawOf(after, mutation);
  if (flaw !== null) return malformed(flaw);
  const isTaken = isPlaceTaken(after, places);
  const key = placeKey(after);
  if (!isTaken && key !== null) places.owners.set(key, after.uid);
  return isTaken ? { kind: 'accept', notices: [NUMBER_USED_TWICE] } : { kind: 'accept' };
}

function malformed(field: string): Decision<'invoices'> {
  return { kind: 'reject', code: 'malformed', field };
}

/** What was printed stays (R43). */
function decideFinalised(
  before: InvoiceRecord,
  { after, isDeleted }: Attempt<'invoices'>,
): Decision<'invoices'> {
  if (isDeleted) return { kind: 'reject', code: 'finalised', field: '' };
  const changed = Object.keys(after).find(
    (field) =>
      field !== 'remindersPaused' &&
      !isSameValue(
        before[field as keyof InvoiceRecord] ?? null,
        after[field as keyof InvoiceRecord] ?? null,
      ),
  );
  return changed === undefined
    ? { kind: 'accept' }
    : { kind: 'reject', code: 'finalised', field: changed };
}

/** The field by which a finalised document is not well-formed (R41); null for none. */
function flawOf(record: InvoiceRecord, { body }: SentMutation): string | null {
  switch (body.kind) {
    case 'finalise': {
      if (record.pdfSha256 !== body.sha256) return 'pdfSha256';
      const paper = paperOf(body.frozen);
      return paper !== null && isPaperOf(paper, record) ? null : 'frozen';
    }
    // History from elsewhere, or what a restored cloud lost (R63): its paper comes by itself.
    case 'create':
      return record.number === null ? 'number' : null;
    default:
      return 'finalisedAt';
  }
}
