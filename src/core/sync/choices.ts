import type {
  ConflictItem,
  DecidedItem,
  Decision,
  DocumentTotal,
  Side,
} from '../../shared/contracts/app-api/sync';
import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { FieldConflict } from '../../shared/contracts/sync/protocol';
import { checkDraft } from '../../shared/domain/document-rules';
import { documentContent } from '../../shared/domain/invoice';
import { orderContent } from '../../shared/domain/order';
import type { DomainError, Result } from '../../shared/domain/result';
import { notFound, ok, refused, refusedFor } from '../../shared/domain/result';
import { computeTotals } from '../../shared/domain/totals';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { isSameValue, rootOf, valueAt, withValues } from '../../shared/sync/field-paths';
import type { ReadScope, WriteScope } from '../replica/replica';
import type { AttentionRow } from './attention';
import { dataOf, decidedConflicts, findAttention, saveData, settle } from './attention';
import { changeFields } from './change-fields';
import { changedSinceShown, currencyOf, nameOf, shownRecord, withNow } from './shown-record';

type Done = Result<Record<string, never>, DomainError>;

/**
 * What somebody chose for each field of a conflict becomes a change of its own (R37). A choice that
 * was made between other values than those that are there by now is refused.
 */
export function resolveConflict(
  scope: WriteScope,
  id: number,
  decisions: readonly Decision[],
): Done {
  const row = findAttention(scope, id);
  if (row?.kind !== 'conflict') return notFound('conflict', String(id));
  if (row.settledAt !== null) return refused('', 'already_decided');
  const shown = shownRecord(scope, row);
  const fields = withNow(shown, dataOf('conflict', row).fields);
  const blind = changedSinceShown(fields, decisions);
  if (blind.length > 0) return refusedFor(blind);
  const made = new Map(decisions.map((decision) => [decision.path, decision]));
  const wishes = new Map(
    fields
      .filter(({ path }) => made.get(path)?.keep === 'mine')
      .map((field) => [field.path, field.mine]),
  );
  const before = changeFields(scope, row.collection, row.recordUid, wishes);
  if (!before.ok) return before;
  const undo = Object.fromEntries([...ordersOf(shown, wishes), ...before.value]);
  saveData(scope, id, { fields, undo });
  settle(scope, id, scope.now);
  return ok({});
}

/** The orders of lists that lose an item: one that comes back has its place again. */
function ordersOf(
  shown: PlainRecord | null,
  wishes: ReadonlyMap<string, unknown>,
): readonly (readonly [string, unknown])[] {
  if (shown === null) return [];
  return [...wishes]
    .filter(([path, value]) => path.includes('.') && value === null)
    .map(([path]) => orderOf(path))
    .map((path) => [path, valueAt(shown, path)]);
}

function orderOf(path: string): string {
  return `${rootOf(path)}.order`;
}

/**
 * Takes a choice back: the fields are as before it, and the conflict is open again. What somebody
 * wrote there since the choice stays; the paths of those fields are answered.
 */
export function undoResolve(
  scope: WriteScope,
  id: number,
): Result<{ readonly left: string[] }, DomainError> {
  const row = findAttention(scope, id);
  if (row?.kind !== 'conflict') return notFound('conflict', String(id));
  if (row.settledAt === null) return ok({ left: [] });
  const { fields, undo } = dataOf('conflict', row);
  const shown = shownRecord(scope, row);
  const was = new Map(Object.entries(undo ?? {}));
  const chosen = fields.filter(({ path }) => was.has(path));
  const isAsChosen = ({ path, mine }: FieldConflict): boolean =>
    shown !== null && isSameValue(valueAt(shown, path), mine);
  const back = chosen.filter(isAsChosen).map(({ path }) => path);
  const orders = back.map(orderOf).filter((path) => was.has(path));
  const values = new Map([...back, ...orders].map((path) => [path, was.get(path)]));
  const before = changeFields(scope, row.collection, row.recordUid, values);
  if (!before.ok) return before;
  saveData(scope, id, { fields, undo: null });
  settle(scope, id, null);
  return ok({ left: chosen.map(({ path }) => path).filter((path) => !back.includes(path)) });
}

/** A conflict as the screens show it. */
export function conflictItem(scope: ReadScope, row: AttentionRow): ConflictItem {
  const shown = shownRecord(scope, row);
  const fields = withNow(shown, dataOf('conflict', row).fields);
  return {
    ...nameOf(scope, row),
    fields,
    currency: currencyOf(shown),
    totals: shown === null ? null : totalsOf(row.collection, shown, fields),
  };
}

const DECIDED = 10;

/** The conflicts that were decided last, with what was kept: each choice can be taken back. */
export function decidedItems(scope: ReadScope): DecidedItem[] {
  return decidedConflicts(scope, DECIDED).map((row) => {
    const { fields, undo } = dataOf('conflict', row);
    const { at, ...named } = nameOf(scope, row);
    return {
      ...named,
      at: row.settledAt ?? at,
      fields: fields.map((field) => ({
        ...field,
        keep: Object.hasOwn(undo ?? {}, field.path) ? ('mine' as const) : ('theirs' as const),
      })),
      currency: currencyOf(shownRecord(scope, row)),
    };
  });
}

/** What the document of a conflict would come to by some choices. */
export function choiceTotal(
  scope: ReadScope,
  id: number,
  choices: Readonly<Record<string, Side>>,
): Result<{ readonly total: DocumentTotal | null }, DomainError> {
  const row = findAttention(scope, id);
  if (row === null || row.kind !== 'conflict') return notFound('conflict', String(id));
  const shown = shownRecord(scope, row);
  if (shown === null) return ok({ total: null });
  const fields = withNow(shown, dataOf('conflict', row).fields);
  const total = totalWith(row.collection, shown, fields, (path) => choices[path] ?? 'theirs');
  return ok({ total });
}

/** What a document comes to by either choice; null where no amount is concerned. */
function totalsOf(
  collection: SyncCollection,
  shown: PlainRecord,
  fields: readonly FieldConflict[],
): ConflictItem['totals'] {
  const mine = totalWith(collection, shown, fields, () => 'mine');
  const theirs = totalWith(collection, shown, fields, () => 'theirs');
  if (mine === null || theirs === null || isSameValue(mine, theirs)) return null;
  return { mine, theirs };
}

function totalWith(
  collection: SyncCollection,
  shown: PlainRecord,
  fields: readonly FieldConflict[],
  chosen: (path: string) => Side,
): DocumentTotal | null {
  if (collection !== 'invoices' && collection !== 'orders') return null;
  const content = (collection === 'invoices' ? documentContent : orderContent).safeParse(
    withValues(shown, new Map(fields.map((field) => [field.path, field[chosen(field.path)]]))),
  );
  // What no draft may hold cannot be added up either.
  if (!content.success || checkDraft(content.data).length > 0) return null;
  return { amount: computeTotals(content.data).total, currency: content.data.currency };
}
