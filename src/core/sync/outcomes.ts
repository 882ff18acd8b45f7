import { and, eq, inArray } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import type { FieldConflict, MutationBody, Outcome } from '../../shared/contracts/sync/protocol';
import { isSameValue } from '../../shared/sync/field-paths';
import { replayPatch } from '../../shared/sync/merge';
import type { WriteScope } from '../replica/replica';
import { duplicates, invoices, outbox, payments, sends } from '../replica/schema';
import { findSends, saveSend } from '../features/sends/send-repository';
import { adapterOf } from './adapters';
import { addAttention, addConflict, addNotice } from './attention';
import type { OutboxRow } from './outbox-repository';
import { bodyOf, deleteRow, readUnseen, updateRow } from './outbox-repository';
import { parseState, replay } from './replay';

/** Does with a mutation's outcome what the rules say, in the transaction that stores the answer. */
export function applyOutcome(
  scope: WriteScope,
  collection: SyncCollection,
  row: OutboxRow,
  outcome: Outcome,
): void {
  updateRow(scope, row.id, {
    state: 'acknowledged',
    version: outcome.version,
    acknowledgedAt: scope.now,
  });
  switch (outcome.kind) {
    case 'applied':
      for (const code of outcome.notices) addNotice(scope, collection, row.recordUid, code);
      return;
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
      rename(scope, row.recordUid, outcome.uid);
      addNotice(scope, 'invoices', outcome.uid, 'duplicate_document');
      return;
    case 'rejected': {
      const { code, field, record, isDeleted } = outcome;
      const body = bodyOf(row);
      addAttention(scope, 'rejection', collection, row.recordUid, {
        code,
        field,
        body,
        record,
        isDeleted,
      });
      // What the cloud has nothing of stays here as it is, until a person decides.
      if (record !== null) {
        show(scope, collection, row.recordUid, { record, deleted: isDeleted });
      }
    }
  }
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
    ({ id, state }) => id > row.id && state === 'queued',
  );
  for (const one of later) {
    const body = bodyOf(one);
    if (body.kind !== 'patch') continue;
    const rest = { ...body.fields };
    for (const [path, { from, to }] of Object.entries(body.fields)) {
      const conflict = wishes.get(path);
      if (conflict === undefined || isSameValue(from, to)) continue;
      wishes.set(path, { ...conflict, mine: to });
      delete rest[path];
    }
    const hasChange = Object.values(rest).some(({ from, to }) => !isSameValue(from, to));
    if (hasChange)
      updateRow(scope, one.id, { body: JSON.stringify({ kind: 'patch', fields: rest }) });
    else deleteRow(scope, one.id);
  }
  return [...wishes.values()];
}

/**
 * The document that this device finalised goes on under another uid (R42), and with it what was
 * recorded on it here: payments, e-mails and whatever waits to be told.
 */
function rename(scope: WriteScope, from: string, to: string): void {
  scope.db.update(invoices).set({ uid: to }).where(eq(invoices.uid, from)).run();
  scope.db.insert(duplicates).values({ uid: to, duplicateOf: from }).onConflictDoNothing().run();
  const waiting = scope.db
    .select()
    .from(outbox)
    .where(inArray(outbox.state, ['queued', 'sent']))
    .all();
  const own = new Set<string>();
  for (const row of waiting) {
    if (row.recordUid === from && row.collection === 'invoices') {
      updateRow(scope, row.id, { recordUid: to });
      continue;
    }
    const body = bodyOf(row);
    if (body.kind !== 'create' || body.record['invoiceUid'] !== from) continue;
    own.add(row.recordUid);
    const moved: MutationBody = {
      kind: 'create',
      record: replayPatch(body.record, {
        invoiceUid: { from, to },
      }) as typeof body.record,
    };
    updateRow(scope, row.id, { body: JSON.stringify(moved) });
  }
  for (const uid of own) {
    scope.db
      .update(payments)
      .set({ invoiceUid: to })
      .where(and(eq(payments.uid, uid), eq(payments.invoiceUid, from)))
      .run();
  }
  for (const send of findSends(scope, from)) {
    if (!own.has(send.uid)) continue;
    saveSend(scope, { ...send, invoiceUid: to as typeof send.invoiceUid });
    scope.db.update(sends).set({ invoiceUid: to }).where(eq(sends.uid, send.uid)).run();
  }
  scope.touch(['invoices', 'payments']);
}
