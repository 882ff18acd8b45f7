import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { FieldConflict, FieldPatch, Outcome } from '../../shared/contracts/sync/protocol';
import { EDITED_MEANWHILE } from '../../shared/contracts/sync/protocol';
import { newUuid } from '../../shared/domain/uuid';
import { isSameValue } from '../../shared/sync/field-paths';
import { isUntold } from '../replica/outbox';
import type { WriteScope } from '../replica/replica';
import { adapterOf } from './adapters';
import { addConflict, addNotice, addOvertaken, addRejection, settleRejections } from './attention';
import { becomeOwnDocument, rekey } from './duplicated-document';
import type { OutboxRow } from './outbox-repository';
import {
  acknowledge,
  bodyOf,
  deleteRow,
  dropUntold,
  readUnseen,
  updateRow,
} from './outbox-repository';
import { parseState, replay } from './replay';
import { tellAgain } from './tell-again';

/** Does with a mutation's outcome what the rules say, in the transaction that stores the answer. */
export function applyOutcome(
  scope: WriteScope,
  collection: SyncCollection,
  row: OutboxRow,
  outcome: Outcome,
): void {
  acknowledge(scope, row.id, outcome.version);
  switch (outcome.kind) {
    case 'applied':
      return applied(scope, collection, row, outcome);
    case 'conflict': {
      const joined = joinLaterChanges(scope, collection, row, outcome.fields);
      addConflict(scope, collection, row.recordUid, joined);
      show(scope, collection, row.recordUid, {
        record: outcome.record,
        deleted: outcome.isDeleted,
      });
      return;
    }
    case 'duplicated':
      becomeOwnDocument(scope, row.recordUid, outcome.uid);
      rekey(scope, row, outcome.uid);
      addNotice(scope, 'invoices', outcome.uid, 'duplicate_document');
      return;
    case 'rejected':
      return rejected(scope, collection, row, outcome);
  }
}

function applied(
  scope: WriteScope,
  collection: SyncCollection,
  { recordUid, kind }: OutboxRow,
  { notices, overtaken }: Extract<Outcome, { kind: 'applied' }>,
): void {
  for (const code of notices) {
    if (code === EDITED_MEANWHILE && overtaken !== undefined) {
      addOvertaken(scope, collection, recordUid, overtaken);
    } else addNotice(scope, collection, recordUid, code);
  }
  if (kind === 'create' || kind === 'finalise') settleRejections(scope, recordUid);
  if (kind === 'delete' && notices.includes(EDITED_MEANWHILE)) {
    // An edit beat the delete (R35), and a pull may have passed it already.
    const shown = adapterOf(collection).read(scope, recordUid);
    if (shown !== null) show(scope, collection, recordUid, { ...shown, deleted: false });
  }
}

function rejected(
  scope: WriteScope,
  collection: SyncCollection,
  row: OutboxRow,
  { code, field, record, isDeleted }: Extract<Outcome, { kind: 'rejected' }>,
): void {
  const { recordUid, kind } = row;
  if (record !== null) {
    addRejection(scope, collection, recordUid, {
      body: bodyOf(row),
      code,
      field,
      record,
      isDeleted,
    });
    return show(scope, collection, recordUid, { record, deleted: isDeleted });
  }
  const shown = adapterOf(collection).read(scope, recordUid);
  if ((kind === 'patch' || kind === 'restore') && shown?.deleted === false) {
    // An edit of what the cloud refused, or has lost: it is told all of it, as it is now.
    dropUntold(scope, collection, recordUid);
    return tellAgain(scope, collection, shown);
  }
  // Stays here as it is, until a person decides.
  addRejection(scope, collection, recordUid, { body: bodyOf(row), code, field, record, isDeleted });
}

/** Shows what the cloud has, with what it was not told yet on top. */
function show(
  scope: WriteScope,
  collection: SyncCollection,
  uid: string,
  state: { readonly record: object | null; readonly deleted: boolean },
): void {
  const untold = readUnseen(scope, collection, uid, Number.MAX_SAFE_INTEGER).map(bodyOf);
  const record = state.record as Record<string, unknown> | null;
  const shown = parseState(collection, replay({ record, deleted: state.deleted }, untold));
  if (shown !== null) adapterOf(collection).store(scope, [shown]);
}

/**
 * Changes of the field that were made since and joined no batch become the wish of the conflict
 * (R37): otherwise they would be told as if nothing were wrong.
 */
function joinLaterChanges(
  scope: WriteScope,
  collection: SyncCollection,
  row: OutboxRow,
  fields: readonly FieldConflict[],
): readonly FieldConflict[] {
  const wishes = new Map(fields.map((field) => [field.path, field]));
  const later = readUnseen(scope, collection, row.recordUid, Number.MAX_SAFE_INTEGER).filter(
    (one) => one.id > row.id && isUntold(one),
  );
  for (const one of later) {
    const body = bodyOf(one);
    if (body.kind !== 'patch') continue;
    const rest: FieldPatch = {};
    for (const [path, change] of Object.entries(body.fields)) {
      const conflict = wishes.get(path);
      const isWish = conflict !== undefined && !isSameValue(change.from, change.to);
      if (isWish) wishes.set(path, { ...conflict, mine: change.to });
      else rest[path] = change;
    }
    const hasChange = Object.values(rest).some(({ from, to }) => !isSameValue(from, to));
    if (hasChange)
      updateRow(scope, one.id, {
        // Another mutation: see queueMutation.
        uuid: newUuid(),
        body: JSON.stringify({ kind: 'patch', fields: rest }),
      });
    else deleteRow(scope, one.id);
  }
  return [...wishes.values()];
}
