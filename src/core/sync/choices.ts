import type { ConflictItem } from '../../shared/contracts/app-api/sync';
import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { FieldConflict, FieldPatch } from '../../shared/contracts/sync/protocol';
import type { CurrencyCode } from '../../shared/domain/currency';
import { documentContent } from '../../shared/domain/invoice';
import type { MinorUnits } from '../../shared/domain/money';
import { orderContent } from '../../shared/domain/order';
import type { DomainError, Result } from '../../shared/domain/result';
import { notFound, ok, refused } from '../../shared/domain/result';
import { computeTotals } from '../../shared/domain/totals';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { isSameValue, valueAt, withValues } from '../../shared/sync/field-paths';
import { holdDependencies, replayPatch } from '../../shared/sync/merge';
import { deletePayment, findPayment } from '../features/payments/payment-repository';
import type { ReadScope, WriteScope } from '../replica/replica';
import { adapterOf } from './adapters';
import type { AttentionRow } from './attention';
import { dataOf, findAttention, saveData, settle } from './attention';
import { recountPaid } from './collections/settled-amounts';
import { dropUntold } from './outbox-repository';
import { parseState } from './replay';
import { tellAgain } from './tell-again';

type Done = Result<Record<string, never>, DomainError>;
type Choices = Readonly<Record<string, 'mine' | 'theirs'>>;

/** What somebody chose for each field of a conflict becomes a change of its own (R37). */
export function resolveConflict(scope: WriteScope, id: number, choices: Choices): Done {
  const row = findAttention(scope, id);
  if (row?.kind !== 'conflict') return notFound('conflict', String(id));
  if (row.settledAt !== null) return ok({});
  const fields = fieldsNow(scope, row);
  const undecided = fields.find(({ path }) => choices[path] === undefined);
  if (undecided !== undefined) return refused(`choices.${undecided.path}`, 'required');
  const mine = fields.filter(({ path }) => choices[path] === 'mine');
  const wishes = new Map(mine.map((field) => [field.path, field.mine]));
  const before = changeFields(scope, row.collection, row.recordUid, wishes);
  if (!before.ok) return before;
  saveData(scope, id, { fields: [...fields], undo: Object.fromEntries(before.value) });
  settle(scope, id, scope.now);
  return ok({});
}

/** Takes a choice back: the fields are as before it, and the conflict is open again. */
export function undoResolve(scope: WriteScope, id: number): Done {
  const row = findAttention(scope, id);
  if (row?.kind !== 'conflict') return notFound('conflict', String(id));
  if (row.settledAt === null) return ok({});
  const { fields, undo } = dataOf('conflict', row);
  const shown = adapterOf(row.collection).read(scope, row.recordUid)?.record ?? null;
  // What somebody wrote there since the choice stays.
  const chosen = fields.filter(
    ({ path, mine }) => shown !== null && isSameValue(valueAt(shown, path), mine),
  );
  const back = Object.entries(undo ?? {}).filter(([path]) =>
    chosen.some((field) => field.path === path),
  );
  const before = changeFields(scope, row.collection, row.recordUid, new Map(back));
  if (!before.ok) return before;
  saveData(scope, id, { fields, undo: null });
  settle(scope, id, null);
  return ok({});
}

/**
 * Changes fields of a record as a person would, whatever its collection. Answers what they were.
 * Refused where the record is gone or would not hold together.
 */
function changeFields(
  scope: WriteScope,
  collection: SyncCollection,
  uid: string,
  values: ReadonlyMap<string, unknown>,
): Result<ReadonlyMap<string, unknown>, DomainError> {
  const adapter = adapterOf(collection);
  const shown = adapter.read(scope, uid);
  if (shown === null) return notFound('record', uid);
  const before = new Map<string, unknown>();
  const fields: FieldPatch = {};
  for (const [path, to] of values) {
    const from = valueAt(shown.record, path);
    before.set(path, from);
    if (!isSameValue(from, to)) fields[path] = { from, to };
  }
  if (Object.keys(fields).length === 0) return ok(before);
  const blocked = Object.keys(fields).find((path) => isPrinted(collection, shown.record, path));
  if (blocked !== undefined)
    return refused(`choices.${blocked}`, 'already_finalised', { number: numberOf(shown.record) });
  const changed = parseState(collection, {
    record: replayPatch(shown.record, fields),
    deleted: shown.deleted,
  });
  if (changed === null) return refused('choices', 'invalid');
  adapter.store(scope, [changed]);
  scope.queue(collection, uid, {
    kind: 'patch',
    fields: holdDependencies(collection, shown.record, fields),
  });
  return ok(before);
}

/** What a finalised document printed is never changed (R43). */
function isPrinted(collection: SyncCollection, record: PlainRecord, path: string): boolean {
  return (
    collection === 'invoices' &&
    typeof record['finalisedAt'] === 'string' &&
    path !== 'remindersPaused'
  );
}

function numberOf({ number }: PlainRecord): string {
  return typeof number === 'string' ? number : '';
}

/** Tells the cloud once more of what it refused, as the record is now. */
export function retryRejected(scope: WriteScope, id: number): Done {
  const row = findAttention(scope, id);
  if (row?.kind !== 'rejection') return notFound('rejection', String(id));
  if (row.settledAt !== null) return ok({});
  const { body } = dataOf('rejection', row);
  const { collection, recordUid } = row;
  settle(scope, id, scope.now);
  if (body.kind === 'patch') {
    const wishes = Object.entries(body.fields)
      .filter(([, { from, to }]) => !isSameValue(from, to))
      .map(([path, { to }]) => [path, to] as const);
    const changed = changeFields(scope, collection, recordUid, new Map(wishes));
    return changed.ok ? ok({}) : changed;
  }
  const shown = adapterOf(collection).read(scope, recordUid);
  if (shown === null) return notFound('record', recordUid);
  if (body.kind === 'create' || body.kind === 'finalise') tellAgain(scope, collection, shown);
  else scope.queue(collection, recordUid, body);
  return ok({});
}

/** Gives up what the cloud refused: the record is what the cloud has. Notices just go. */
export function dismiss(scope: WriteScope, id: number): Done {
  const row = findAttention(scope, id);
  if (row === null || row.kind === 'conflict') return notFound('notice', String(id));
  if (row.settledAt !== null) return ok({});
  if (row.kind === 'rejection') {
    const { record, isDeleted } = dataOf('rejection', row);
    const adapter = adapterOf(row.collection);
    const theirs =
      record === null ? null : parseState(row.collection, { record, deleted: isDeleted });
    const shown = adapter.read(scope, row.recordUid);
    // A finalised document legally exists, whatever the cloud says (DOMAIN 20).
    if (theirs === null && shown !== null && !isPrinted(row.collection, shown.record, '')) {
      dropUntold(scope, row.collection, row.recordUid);
      if (row.collection === 'payments') takePaymentBack(scope, row.recordUid);
      else adapter.store(scope, [{ ...shown, deleted: true }]);
    }
  }
  settle(scope, id, scope.now);
  return ok({});
}

/** Payments are never deleted, except one that the cloud has never taken. */
function takePaymentBack(scope: WriteScope, uid: string): void {
  const payment = findPayment(scope, uid);
  if (payment === null) return;
  deletePayment(scope, uid);
  recountPaid(scope, [payment.invoiceUid]);
  scope.touch(['payments', 'invoices']);
}

/** The fields of a conflict with what stands there now, which may be newer than what began it. */
function fieldsNow(scope: ReadScope, row: AttentionRow): readonly FieldConflict[] {
  const { fields } = dataOf('conflict', row);
  const shown = adapterOf(row.collection).read(scope, row.recordUid)?.record ?? null;
  if (shown === null) return fields;
  return fields.map((field) => ({ ...field, theirs: valueAt(shown, field.path) }));
}

/** A conflict as the screens show it. */
export function conflictItem(scope: ReadScope, row: AttentionRow): ConflictItem {
  const fields = [...fieldsNow(scope, row)];
  const { id, collection, recordUid: uid, at } = row;
  const adapter = adapterOf(collection);
  const shown = adapter.read(scope, uid)?.record ?? null;
  return {
    id,
    collection,
    uid,
    title: adapter.title(scope, uid),
    at,
    fields,
    totals: shown === null ? null : totalsOf(collection, shown, fields),
  };
}

/** What the document of a conflict would come to by some choices. */
export function choiceTotal(
  scope: ReadScope,
  id: number,
  choices: Choices,
): Result<{ readonly total: MinorUnits | null }, DomainError> {
  const row = findAttention(scope, id);
  if (row === null || row.kind !== 'conflict') return notFound('conflict', String(id));
  const shown = adapterOf(row.collection).read(scope, row.recordUid)?.record ?? null;
  if (shown === null) return ok({ total: null });
  const fields = fieldsNow(scope, row);
  const chosen = totalWith(row.collection, shown, fields, (path) => choices[path] ?? 'theirs');
  return ok({ total: chosen?.total ?? null });
}

/** What a document comes to by either choice; null where no amount is concerned. */
function totalsOf(
  collection: SyncCollection,
  shown: PlainRecord,
  fields: readonly FieldConflict[],
): ConflictItem['totals'] {
  const mine = totalWith(collection, shown, fields, () => 'mine');
  const theirs = totalWith(collection, shown, fields, () => 'theirs');
  if (mine === null || theirs === null || mine.total === theirs.total) return null;
  return { currency: theirs.currency, mine: mine.total, theirs: theirs.total };
}

function totalWith(
  collection: SyncCollection,
  shown: PlainRecord,
  fields: readonly FieldConflict[],
  chosen: (path: string) => 'mine' | 'theirs',
): { readonly currency: CurrencyCode; readonly total: MinorUnits } | null {
  if (collection !== 'invoices' && collection !== 'orders') return null;
  const content = (collection === 'invoices' ? documentContent : orderContent).safeParse(
    withValues(shown, new Map(fields.map((field) => [field.path, field[chosen(field.path)]]))),
  );
  if (!content.success) return null;
  return { currency: content.data.currency, total: computeTotals(content.data).total };
}
