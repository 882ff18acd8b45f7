import { setImmediate } from 'node:timers/promises';

import { and, eq, exists, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';

import type { SyncCollection } from '../../shared/contracts/sync/collections';
import { COLLECTION_ORDER, SYNC_COLLECTIONS } from '../../shared/contracts/sync/collections';
import type { Change, PullAnswer } from '../../shared/contracts/sync/protocol';
import { ok } from '../../shared/domain/result';
import { isIssued, isSameIssue } from '../../shared/sync/is-issued';
import type { ReadScope, WriteScope } from '../replica/replica';
import { clients, invoices, orders, outbox, waitingRecords } from '../replica/schema';
import { adapterOf } from './adapters';
import { addNotice, noteTold } from './attention';
import type { SyncedRecord } from './collection-adapter';
import { becomeOwnDocument, recountOriginals } from './duplicated-document';
import type { EngineParts } from './engine-parts';
import { beginResync, endResync, noteSeen, tellIssuedAgain } from './epochs';
import { bodyOf, readUnseen, readUnseenUids } from './outbox-repository';
import { PartSize } from './part-size';
import { parseState, replay } from './replay';
import { logLine, readFact, readState, saveFact, saveState } from './sync-state';
import type { PullPosition } from './transport';

/**
 * A commit writes whatever page of the file was touched: small ones write the same pages over again,
 * and the screens wait for each, the longer the larger it is.
 */
const COMMIT_ROWS = 2_000;

/**
 * Takes in what changed in a collection, page after page, each with its cursor in one transaction
 * (R53), which small ones share; the next page travels while one is stored. May reject with a
 * `SyncFailure`; the cursor then stands where the last page left it.
 */
export async function pullCollection(
  parts: EngineParts,
  collection: SyncCollection,
): Promise<'done' | 'epoch_changed'> {
  const size = new PartSize();
  let asked: Promise<PullAnswer> | null = null;
  let uncommitted = 0;
  /** Where this pull began: progress is what lies behind it of what lies ahead. */
  let began = Number.POSITIVE_INFINITY;
  try {
    for (;;) {
      const position = parts.replica.read((scope) => positionOf(scope, collection));
      began = Math.min(began, position.cursor);
      await parts.checkpoint(`pull ${collection}: before the call`);
      const answer: PullAnswer = await (asked ?? parts.transport.pull(collection, position));
      asked = null;
      await parts.checkpoint(`pull ${collection}: after the call`);
      switch (answer.kind) {
        case 'epoch_changed':
        case 'cursor_expired':
          store(parts, collection, answer);
          await parts.checkpoint(`pull ${collection}: stored`);
          if (answer.kind === 'epoch_changed') return 'epoch_changed';
          continue;
        case 'page':
          if (answer.hasMore) asked = askAhead(parts, collection, position, answer);
          await storeInParts(parts, collection, answer, size, began);
          if (!answer.hasMore) return 'done';
          uncommitted += answer.changes.length;
          // What came first is on the screens at once.
          if (position.cursor > 0 && uncommitted < COMMIT_ROWS) continue;
          await parts.replica.finishParts();
          uncommitted = 0;
          // The next page may be there already; who asked meanwhile comes first.
          await setImmediate();
      }
    }
  } finally {
    await parts.replica.finishParts();
  }
}

function positionOf(scope: ReadScope, collection: SyncCollection): PullPosition {
  const { cursor, epoch } = readState(scope, collection);
  const began = Number(readFact(scope, `began:${collection}`) ?? 0);
  return { cursor, epoch, began: unlessPast(cursor, began) };
}

/** The head at the beginning of a pull from the start, as long as that pull is on its way (R56). */
function unlessPast(cursor: number, began: number): number | null {
  return cursor > 0 && cursor < began ? began : null;
}

type Page = Extract<PullAnswer, { kind: 'page' }>;

/** Asks for the page after one that is not stored yet. */
function askAhead(
  { transport }: EngineParts,
  collection: SyncCollection,
  position: PullPosition,
  { cursor, epoch, head }: Page,
): Promise<PullAnswer> {
  const began = position.cursor === 0 ? head : (position.began ?? 0);
  const asked = transport.pull(collection, { cursor, epoch, began: unlessPast(cursor, began) });
  // A failure is its turn's; nobody may be waiting when this page could not be stored.
  asked.catch(() => undefined);
  return asked;
}

/** Stores a page, with time for the screens after each part. */
async function storeInParts(
  parts: EngineParts,
  collection: SyncCollection,
  page: Page,
  size: PartSize,
  began: number,
): Promise<void> {
  const { replica } = parts;
  let { cursor } = replica.read((scope) => readState(scope, collection));
  for (const part of partsOf(page, size)) {
    const start = performance.now();
    replica.writePart((scope) => storePart(scope, collection, part, cursor));
    size.took(part.changes.length, performance.now() - start);
    ({ cursor } = part);
    await parts.checkpoint(`pull ${collection}: stored`);
    parts.taken(collection, part.changes.length, { from: began, at: part.cursor, to: part.head });
    if (part.hasMore) await setImmediate();
  }
}

/** A page as several, each with the cursor that belongs to it: changes come by their versions. */
function partsOf(page: Page, size: PartSize): readonly Page[] {
  const parts = size.split(page.changes).map((changes): Page => {
    const cursor = changes.at(-1)?.version ?? page.cursor;
    return { ...page, changes: [...changes], cursor, hasMore: true };
  });
  const { cursor, hasMore } = page;
  return [...parts.slice(0, -1), { ...(parts.at(-1) ?? page), cursor, hasMore }];
}

/** An answer without records. */
function store(
  parts: EngineParts,
  collection: SyncCollection,
  answer: Exclude<PullAnswer, Page>,
): void {
  const stored = parts.replica.write((scope) => {
    switch (answer.kind) {
      case 'epoch_changed':
        // Where it stands with this device's numbers, only a push tells (epochs.ts).
        logLine(scope, `${collection}: the cloud was put back from a backup`);
        return ok(undefined);
      case 'cursor_expired':
        logLine(scope, `${collection}: away for longer than deletions are kept`);
        saveState(scope, collection, { cursor: 0 });
        beginResync(scope, collection, 'expired');
        return ok(undefined);
    }
  });
  if (!stored.ok) throw new Error('an answer was refused');
}

/** The part that follows `after`: when the one before it was taken back, this one may not stay. */
function storePart(scope: WriteScope, collection: SyncCollection, page: Page, after: number): void {
  const { cursor } = readState(scope, collection);
  if (cursor !== after) throw new Error('a part without the one before it');
  if (collection === 'invoices') {
    findOwnDuplicates(scope, page.changes);
    tellIssuedAgain(scope, page.changes);
  }
  const unseen = readUnseenUids(scope, collection, cursor);
  const records: SyncedRecord[] = [];
  for (const change of page.changes) {
    const own = unseen.has(change.record.uid);
    const record = own ? withOwnChanges(scope, collection, change) : parsed(collection, change);
    if (record === 'later') continue;
    if (record === null) logLine(scope, `${collection}: a record that this version cannot read`);
    else records.push(record);
  }
  keepWaiting(scope, collection, adapterOf(collection).store(scope, records));
  if (collection === 'invoices') {
    recountOriginals(
      scope,
      records.map(({ record }) => record.uid),
    );
  }
  noteTold(scope, collection, page.changes);
  noteSeen(
    scope,
    collection,
    page.changes.map(({ record }) => record.uid),
  );
  if (cursor === 0) saveFact(scope, `began:${collection}`, `${page.head}`);
  saveState(scope, collection, { epoch: page.epoch, cursor: page.cursor, head: page.head });
  if (!page.hasMore) endResync(scope, collection);
}

function parsed(collection: SyncCollection, { record, deleted }: Change): SyncedRecord | null {
  const read = SYNC_COLLECTIONS[collection].record.safeParse(record);
  return read.success ? { record: read.data, deleted } : null;
}

/** The cloud's state with what this device has not seen there yet on top (R54). */
function withOwnChanges(
  scope: WriteScope,
  collection: SyncCollection,
  change: Change,
): SyncedRecord | null | 'later' {
  const { record, deleted, version } = change;
  const unseen = readUnseen(scope, collection, record.uid, version);
  if (collection === 'invoices' && isOtherDocument(record, unseen.map(bodyOf))) {
    // Ours is about to become a record of its own (R42); theirs takes this place then.
    const theirs = parsed(collection, change);
    if (theirs !== null) keepWaiting(scope, collection, [theirs]);
    return 'later';
  }
  return parseState(collection, replay({ record, deleted }, unseen.map(bodyOf)));
}

/**
 * A document of this device that has become a record of its own (R42), pulled before the answer that
 * says so, or told by a copy of this device or by somebody else: it is the same document, and its
 * draft's uid is the other's from here on.
 */
function findOwnDuplicates(scope: WriteScope, changes: readonly Change[]): void {
  for (const { record } of changes) {
    const { uid, duplicateOf } = record;
    if (typeof duplicateOf !== 'string') continue;
    const told = ownMutation(scope, uid);
    const here = adapterOf('invoices').read(scope, duplicateOf);
    const isHere = here !== null && isSameIssue(record, here.record);
    const isUntold = told !== undefined && told.state !== 'acknowledged';
    if (isHere || isUntold) becomeOwnDocument(scope, duplicateOf, uid);
    // What was answered before a backup was put back said nothing of it.
    if (isHere && told?.state === 'acknowledged') {
      addNotice(scope, 'invoices', uid, 'duplicate_document');
    }
  }
}

function ownMutation(scope: WriteScope, uuid: string) {
  return scope.db.select({ state: outbox.state }).from(outbox).where(eq(outbox.uuid, uuid)).get();
}

function isOtherDocument(
  record: Change['record'],
  bodies: readonly ReturnType<typeof bodyOf>[],
): boolean {
  if (!isIssued(record)) return false;
  return bodies.some(
    (body) =>
      'record' in body &&
      isIssued(body.record) &&
      (!isSameIssue(record, body.record) ||
        (body.kind === 'finalise' && body.record['pdfSha256'] !== record['pdfSha256'])),
  );
}

function keepWaiting(
  scope: WriteScope,
  collection: SyncCollection,
  records: readonly SyncedRecord[],
): void {
  for (const { record, deleted } of records) {
    const row = { collection, uid: record.uid, record: JSON.stringify(record), deleted };
    scope.db
      .insert(waitingRecords)
      .values(row)
      .onConflictDoUpdate({ target: [waitingRecords.collection, waitingRecords.uid], set: row })
      .run();
  }
}

/** Records that waited for their base are stored once it is there (R57), which may have waited too. */
export function storeWaiting(scope: WriteScope): void {
  const waiting = scope.db.select().from(waitingRecords).all();
  const byReference = COLLECTION_ORDER.flatMap((one) =>
    waiting.filter(({ collection }) => collection === one),
  );
  for (const row of byReference) {
    const { collection, uid, deleted } = row;
    const own = readUnseen(scope, collection, uid, Number.MAX_SAFE_INTEGER).map(bodyOf);
    const record = JSON.parse(row.record) as Change['record'];
    if (collection === 'invoices' && isOtherDocument(record, own)) continue;
    const state = parsed(collection, { record, deleted, version: 0 });
    if (state !== null && adapterOf(collection).store(scope, [state]).length > 0) continue;
    if (collection === 'invoices') recountOriginals(scope, [uid]);
    scope.db
      .delete(waitingRecords)
      .where(and(eq(waitingRecords.collection, collection), eq(waitingRecords.uid, uid)))
      .run();
  }
}

/**
 * A reference beats a delete (R36): what was deleted elsewhere and a standing document of this
 * replica refers to comes back. Only once everything is pulled, or the document may be gone too.
 */
export function restoreReferenced(scope: WriteScope): void {
  const lostClients = scope.db
    .select({ uid: clients.uid })
    .from(clients)
    .where(
      and(
        isNotNull(clients.deletedAt),
        or(
          exists(
            scope.db
              .select({ one: sql`1` })
              .from(invoices)
              .where(and(eq(invoices.clientUid, clients.uid), isNull(invoices.deletedAt))),
          ),
          exists(
            scope.db
              .select({ one: sql`1` })
              .from(orders)
              .where(and(eq(orders.clientUid, clients.uid), isNull(orders.deletedAt))),
          ),
        ),
      ),
    )
    .all();
  const lostOrders = scope.db
    .select({ uid: orders.uid })
    .from(orders)
    .where(
      and(
        isNotNull(orders.deletedAt),
        exists(
          scope.db
            .select({ one: sql`1` })
            .from(invoices)
            .where(and(eq(invoices.orderUid, orders.uid), isNull(invoices.deletedAt))),
        ),
      ),
    )
    .all();
  for (const { uid } of lostOrders) restore(scope, 'orders', uid);
  for (const { uid } of lostClients) restore(scope, 'clients', uid);
}

function restore(scope: WriteScope, collection: 'clients' | 'orders', uid: string): void {
  const hasOwnDelete = scope.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.recordUid, uid),
        eq(outbox.kind, 'delete'),
        inArray(outbox.state, ['queued', 'sent']),
      ),
    )
    .get();
  if (hasOwnDelete !== undefined) return;
  const adapter = adapterOf(collection);
  const state = adapter.read(scope, uid);
  if (state === null) return;
  adapter.store(scope, [{ ...state, deleted: false }]);
  scope.queue(collection, uid, { kind: 'restore' });
  addNotice(scope, collection, uid, 'restored_by_reference');
}
