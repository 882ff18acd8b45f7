import type { RejectionItem, ShownField } from '../../shared/contracts/app-api/sync';
import type { FieldConflict, FieldPatch } from '../../shared/contracts/sync/protocol';
import type { DomainError, Result } from '../../shared/domain/result';
import { notFound, ok, refusedFor } from '../../shared/domain/result';
import { diffFields } from '../../shared/sync/diff-fields';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { isSameValue, rootOf } from '../../shared/sync/field-paths';
import { isIssued } from '../../shared/sync/is-issued';
import { deletePayment, findPayment } from '../features/payments/payment-repository';
import type { ReadScope, WriteScope } from '../replica/replica';
import { adapterOf } from './adapters';
import type { AttentionRow, RejectionData } from './attention';
import { dataOf, findAttention, saveData, settle } from './attention';
import { changeFields, isPrinted } from './change-fields';
import { recountPaid } from './collections/settled-amounts';
import { dropUntold } from './outbox-repository';
import { changedSinceShown, currencyOf, nameOf, shownRecord, withNow } from './shown-record';
import { tellAgain } from './tell-again';

type Done = Result<Record<string, never>, DomainError>;

/** A rejection as the screens show it: what was typed, beside what stands there now. */
export function rejectionItem(scope: ReadScope, row: AttentionRow): RejectionItem {
  const data = dataOf('rejection', row);
  const shown = shownRecord(scope, row);
  const { body, code, field } = data;
  return {
    ...nameOf(scope, row),
    kind: body.kind,
    code,
    field,
    fields: fieldsOf(data, shown),
    currency: currencyOf(shown),
    remedies: remediesOf(row, data, shown),
  };
}

/**
 * What was typed, field by field, beside what stands there now. Fields that a change only depends on
 * say nothing. Nothing where the whole record is kept here as it was typed.
 */
function fieldsOf(data: RejectionData, shown: PlainRecord | null): FieldConflict[] {
  const typed = Object.entries(typedFields(data))
    .filter(([, { from, to }]) => !isSameValue(from, to))
    .map(([path, { from, to }]) => ({ path, base: from ?? null, mine: to ?? null, theirs: null }));
  return withNow(shown, typed);
}

/**
 * An edit; or a record that the cloud has by now, though it was refused: that one is shown here, and
 * lacks these words.
 */
function typedFields({ body, record }: RejectionData): FieldPatch {
  if (body.kind === 'patch') return body.fields;
  if (body.kind !== 'create' || record === null || isIssued(body.record)) return {};
  return diffFields(record, { ...body.record, createdAt: record['createdAt'] });
}

/** Codes of what stands for good, whatever anybody writes. */
const FOR_GOOD: readonly string[] = [
  'finalised',
  'already_sent',
  'append_only',
  'not_allowed',
  'type_fixed',
  'business_stays',
];

/** Codes of what is nobody's words' fault: it depends on what else the cloud knows by then. */
const DEPENDS: readonly string[] = ['forbidden', 'record_unknown', 'business_unknown'];

/** The code of what was refused with other fields of the same change, which are put right by now. */
const REFUSED_TOGETHER = 'refused_together';

/** What can help: writing something else, or telling the same once more. */
function remediesOf(
  { collection }: AttentionRow,
  { body, code }: RejectionData,
  shown: PlainRecord | null,
): RejectionItem['remedies'] {
  if (FOR_GOOD.includes(code)) return [];
  if (DEPENDS.includes(code)) return ['retry'];
  const canWrite = shown !== null && !isPrinted(collection, shown, '');
  switch (body.kind) {
    case 'patch':
      if (!canWrite) return [];
      return code === REFUSED_TOGETHER ? ['edit', 'retry'] : ['edit'];
    // It stays here as it is, and a newer cloud may take it.
    case 'create':
    case 'finalise':
      return canWrite ? ['edit', 'retry'] : ['retry'];
    case 'delete':
    case 'restore':
      return ['retry'];
  }
}

/**
 * Tells the cloud once more of what it refused: what was typed, or the record as it is now. What
 * stands in the fields by now goes with it: who has not been shown that is asked again, as by a
 * conflict (R37).
 */
export function retryRejected(
  scope: WriteScope,
  id: number,
  shownFields: readonly ShownField[],
): Done {
  const row = findAttention(scope, id);
  if (row?.kind !== 'rejection') return notFound('rejection', String(id));
  if (row.settledAt !== null) return ok({});
  const data = dataOf('rejection', row);
  const fields = fieldsOf(data, shownRecord(scope, row));
  const blind = changedSinceShown(fields, shownFields);
  if (blind.length > 0) return refusedFor(blind);
  const { body } = data;
  const { collection, recordUid } = row;
  settle(scope, id, scope.now);
  if (body.kind === 'patch' || fields.length > 0) {
    const wishes = new Map(fields.map(({ path, mine }) => [path, mine]));
    const changed = changeFields(scope, collection, recordUid, wishes);
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
    const { record } = dataOf('rejection', row);
    const adapter = adapterOf(row.collection);
    const shown = adapter.read(scope, row.recordUid);
    // A finalised document legally exists, whatever the cloud says (DOMAIN 20).
    if (record === null && shown !== null && !isPrinted(row.collection, shown.record, '')) {
      dropUntold(scope, row.collection, row.recordUid);
      if (row.collection === 'payments') takePaymentBack(scope, row.recordUid);
      else adapter.store(scope, [{ ...shown, deleted: true }]);
    }
  }
  settle(scope, id, scope.now);
  return ok({});
}

/**
 * Fields of what was refused were put right. The others, which are on other pages, stay
 * until they are too, or are told once more: they need not have been the reason.
 */
export function settleFields(scope: WriteScope, id: number, paths: readonly string[]): Done {
  const row = findAttention(scope, id);
  if (row?.kind !== 'rejection') return notFound('rejection', String(id));
  if (row.settledAt !== null) return ok({});
  const data = dataOf('rejection', row);
  const all = Object.entries(typedFields(data));
  const left = all.filter(([path]) => !paths.includes(path));
  if (left.length === all.length) return ok({});
  const { field } = data;
  const isReasonGone = field === '' || paths.some((path) => rootOf(path) === rootOf(field));
  const rest: RejectionData = {
    ...data,
    ...(isReasonGone ? { code: REFUSED_TOGETHER, field: '' } : {}),
    body: { kind: 'patch', fields: Object.fromEntries(left) },
  };
  if (fieldsOf(rest, null).length === 0) settle(scope, id, scope.now);
  else saveData(scope, id, rest);
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
