import type { CalendarDate } from './calendar-date';
import type { InvoiceUid } from './ids';

/** One number that was taken: from the replica, from the ledger outside it, or from both. */
export interface SequenceEntry {
  readonly sequence: number;
  readonly number: string;
  readonly issueDate: CalendarDate | null;
  readonly uid: InvoiceUid | string;
  /** False: the ledger knows that the number was taken, but its document is not here. */
  readonly isInReplica: boolean;
}

export interface SequenceReport {
  /** The lowest and highest number taken, null for an unused series. */
  readonly first: SequenceEntry | null;
  readonly last: SequenceEntry | null;
  readonly count: number;
  /** Runs of sequence numbers between `start` and the last that nothing took. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** Entries of different documents that share a sequence number or print alike. */
  readonly duplicates: readonly {
    readonly sequence: number;
    readonly number: string;
    readonly entries: readonly SequenceEntry[];
  }[];
  /** Numbers that were taken but whose documents are not in the replica. */
  readonly absent: readonly SequenceEntry[];
  /** No gap, no duplicate, every document at hand. An unused series is proven. */
  readonly isProven: boolean;
}

export interface SequenceInput {
  /** The first number that the series was to give in this period. */
  readonly start: number;
  /** Sorted by `sequence`; throws when they are not. */
  readonly entries: readonly SequenceEntry[];
}

/** Proves that one period of a series has no gap and no duplicate, in one pass over its entries. */
export function reportSequence({ start, entries }: SequenceInput): SequenceReport {
  const gaps: { from: number; to: number }[] = [];
  let expected = start;
  let previous = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    if (entry.sequence < previous) throw new Error('sequence entries are not sorted');
    if (entry.sequence > expected) gaps.push({ from: expected, to: entry.sequence - 1 });
    previous = entry.sequence;
    expected = Math.max(expected, entry.sequence + 1);
  }
  const duplicates = findDuplicates(entries);
  const absent = entries.filter((entry) => !entry.isInReplica);
  return {
    first: entries[0] ?? null,
    last: entries.at(-1) ?? null,
    count: entries.length,
    gaps,
    duplicates,
    absent,
    isProven: gaps.length === 0 && duplicates.length === 0 && absent.length === 0,
  };
}

function findDuplicates(entries: readonly SequenceEntry[]): SequenceReport['duplicates'] {
  const bySequence = groupBy(entries, (entry) => entry.sequence);
  const shared = bySequence.filter((group) => group.length > 1);
  const alreadyTold = new Set(shared.flat());
  const alike = groupBy(
    entries.filter((entry) => !alreadyTold.has(entry)),
    (entry) => entry.number,
  ).filter((group) => group.length > 1);
  return [...shared, ...alike].flatMap((group) => {
    const [head] = group;
    return head ? [{ sequence: head.sequence, number: head.number, entries: group }] : [];
  });
}

function groupBy<K>(
  entries: readonly SequenceEntry[],
  keyOf: (entry: SequenceEntry) => K,
): readonly (readonly SequenceEntry[])[] {
  const groups = new Map<K, SequenceEntry[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group) group.push(entry);
    else groups.set(keyOf(entry), [entry]);
  }
  return [...groups.values()];
}
