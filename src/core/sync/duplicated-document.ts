import { and, eq, inArray, sql } from 'drizzle-orm';

import type { MutationBody } from '../../shared/contracts/sync/protocol';
import { invoiceUid } from '../../shared/domain/ids';
import { newUuid } from '../../shared/domain/uuid';
import { findSends, saveSend } from '../features/sends/send-repository';
import { isUntold } from '../replica/outbox';
import { prepared } from '../replica/prepared';
import type { WriteScope } from '../replica/replica';
import { documents, duplicates, invoices, outbox, payments } from '../replica/schema';
import { recountPaid } from './collections/settled-amounts';
import type { OutboxRow } from './outbox-repository';
import { bodyOf, updateRow } from './outbox-repository';

/**
 * The document that this device finalised from a draft which another had finalised first goes on
 * under another uid (R42), and with it what was made of it here: payments, e-mails, credit notes
 * and whatever waits to be told. Nothing is left to do when that has happened already.
 */
export function becomeOwnDocument(scope: WriteScope, from: string, to: string): void {
  const known = scope.db
    .select({ id: invoices.id })
    .from(invoices)
    .where(eq(invoices.uid, to))
    .get();
  if (known !== undefined) return;
  scope.db.update(invoices).set({ uid: to }).where(eq(invoices.uid, from)).run();
  scope.db.insert(duplicates).values({ uid: to, duplicateOf: from }).onConflictDoNothing().run();
  const own = repointUntold(scope, from, to);
  scope.db
    .update(payments)
    .set({ invoiceUid: to })
    .where(and(eq(payments.invoiceUid, from), inArray(payments.uid, own)))
    .run();
  for (const send of findSends(scope, from)) {
    if (own.includes(send.uid)) saveSend(scope, { ...send, invoiceUid: invoiceUid.parse(to) });
  }
  repointCreditNotes(scope, own, from, to);
  // Payments of the other document may have come while this one stood in its place.
  recountPaid(scope, [to]);
  scope.touch(['invoices', 'payments']);
}

const originalsOf = prepared((db) =>
  db
    .select({ uid: duplicates.duplicateOf })
    .from(duplicates)
    .where(
      sql`${duplicates.duplicateOf} IN (SELECT value FROM json_each(${sql.placeholder('uids')}))`,
    )
    .prepare(),
);

/** Of documents that took their place after one of this device had stood in it. */
export function recountOriginals(scope: WriteScope, uids: readonly string[]): void {
  const originals = originalsOf(scope.db).all({ uids: JSON.stringify(uids) });
  if (originals.length > 0) {
    recountPaid(
      scope,
      originals.map(({ uid }) => uid),
    );
  }
}

/** Answers the records that were made of the document here and that nobody was told of. */
function repointUntold(scope: WriteScope, from: string, to: string): string[] {
  const own: string[] = [];
  const queued = scope.db.select().from(outbox).where(eq(outbox.state, 'queued')).all();
  for (const row of queued.filter(isUntold)) {
    if (row.recordUid === from && row.collection === 'invoices') {
      updateRow(scope, row.id, { recordUid: to });
      continue;
    }
    const body = bodyOf(row);
    if (body.kind !== 'create' && body.kind !== 'finalise') continue;
    const field = REFERENCES.find((name) => body.record[name] === from);
    if (field === undefined) continue;
    own.push(row.recordUid);
    const record = { ...body.record, [field]: to };
    const moved: MutationBody =
      body.kind === 'create'
        ? { kind: 'create', record }
        : { ...body, record, frozen: { ...body.frozen, ...correcting(body.frozen, to) } };
    updateRow(scope, row.id, { uuid: newUuid(), body: JSON.stringify(moved) });
  }
  return own;
}

/** How payments and e-mails, and how credit notes, name the document that they belong to. */
const REFERENCES = ['invoiceUid', 'correctsUid'] as const;

/** A credit note's paper names what it corrects by number and, unprinted, by uid. */
function correcting(frozen: Readonly<Record<string, unknown>>, to: string) {
  const corrects = frozen['corrects'] as object | null | undefined;
  return corrects ? { corrects: { ...corrects, invoiceUid: to } } : {};
}

function repointCreditNotes(
  scope: WriteScope,
  own: readonly string[],
  from: string,
  to: string,
): void {
  const notes = scope.db
    .select({ id: invoices.id })
    .from(invoices)
    .where(and(eq(invoices.correctsUid, from), inArray(invoices.uid, [...own])))
    .all();
  for (const { id } of notes) {
    scope.db.update(invoices).set({ correctsUid: to }).where(eq(invoices.id, id)).run();
    const paper = scope.db.select().from(documents).where(eq(documents.invoiceId, id)).get();
    if (paper === undefined) continue;
    const frozen = JSON.parse(paper.frozen) as Readonly<Record<string, unknown>>;
    scope.db
      .update(documents)
      .set({ frozen: JSON.stringify({ ...frozen, ...correcting(frozen, to) }) })
      .where(eq(documents.invoiceId, id))
      .run();
  }
}

/**
 * The mutation under its document's new uid: a cloud that was put back from a backup is told of it
 * as what it has become (R61).
 */
export function rekey(scope: WriteScope, row: OutboxRow, to: string): void {
  const body = bodyOf(row);
  if (body.kind !== 'finalise' && body.kind !== 'create') return;
  const record = { ...body.record, uid: to, duplicateOf: row.recordUid };
  updateRow(scope, row.id, { recordUid: to, body: JSON.stringify({ ...body, record }) });
}
