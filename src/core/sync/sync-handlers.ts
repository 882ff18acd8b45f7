import { asc, inArray } from 'drizzle-orm';

import type { MethodName, MethodOutput } from '../../shared/contracts/app-api';
import type { SyncStatus } from '../../shared/contracts/app-api/sync';
import { COLLECTION_ORDER } from '../../shared/contracts/sync/collections';
import { PROTOCOL_VERSION } from '../../shared/contracts/sync/protocol';
import type { DomainError, Result } from '../../shared/domain/result';
import { err, ok } from '../../shared/domain/result';
import type { Account } from '../account/account';
import { readBinding } from '../account/binding';
import type { Session } from '../businesses/session';
import type { BusinessContext } from '../context';
import type { HandlerResult, HandlersOf } from '../host/handlers';
import type { ReadScope, WriteScope } from '../replica/replica';
import { outbox, syncLog } from '../replica/schema';
import { attentionItems, itemsOfRecord } from './attention-items';
import { choiceTotal, resolveConflict, undoResolve } from './choices';
import { bodyOf, countWaiting, countWaitingOf, isPendingCreate } from './outbox-repository';
import { referencesOf } from './push';
import { dismiss, retryRejected, settleFields } from './rejections';
import { recordName } from './shown-record';
import type { SyncHost } from './sync-host';
import { readState } from './sync-state';

export type SyncMethod = Extract<MethodName, `sync.${string}`>;

type Decides =
  'sync.resolve' | 'sync.undoResolve' | 'sync.retry' | 'sync.dismiss' | 'sync.settleFields';

export interface SyncParts {
  readonly session: Session;
  readonly account: Promise<Account>;
  readonly host: SyncHost;
}

/** How sync stands, and what a person decides about it. */
export function syncHandlers({ session, account, host }: SyncParts): HandlersOf<SyncMethod> {
  function withContext<Name extends SyncMethod>(
    work: (context: BusinessContext) => HandlerResult<Name>,
  ): HandlerResult<Name> {
    const { context } = session;
    return context === null ? err({ kind: 'no_business' }) : work(context);
  }

  function decide<Name extends Decides>(
    work: (scope: WriteScope) => Result<MethodOutput<Name>, DomainError>,
  ): HandlerResult<Name> {
    return withContext<Name>((context) => {
      const done = context.replica.write(work);
      host.tell();
      return done;
    });
  }

  return {
    'sync.status': () => ok(host.status()),
    'sync.now': () => {
      host.now();
      return ok({});
    },
    'sync.wake': () => {
      host.wake();
      return ok({});
    },
    'sync.pause': async ({ paused }) => {
      await host.pause(paused);
      return ok(host.status());
    },
    'sync.waiting': ({ limit }) =>
      withContext<'sync.waiting'>((context) =>
        ok(
          context.replica.read((scope) => ({
            items: waitingItems(scope, limit, host.status().phase),
            total: countWaiting(scope),
          })),
        ),
      ),
    'sync.attention': () =>
      withContext<'sync.attention'>((context) => ok(context.replica.read(attentionItems))),
    'sync.choiceTotal': ({ id, choices }) =>
      withContext<'sync.choiceTotal'>((context) =>
        context.replica.read((scope) => choiceTotal(scope, id, choices)),
      ),
    'sync.ofRecord': ({ uid }) =>
      withContext<'sync.ofRecord'>((context) =>
        ok(context.replica.read((scope) => itemsOfRecord(scope, uid))),
      ),
    'sync.resolve': ({ id, decisions }) =>
      decide<'sync.resolve'>((scope) => resolveConflict(scope, id, decisions)),
    'sync.undoResolve': ({ id }) => decide<'sync.undoResolve'>((scope) => undoResolve(scope, id)),
    'sync.retry': ({ id, shown }) =>
      decide<'sync.retry'>((scope) => retryRejected(scope, id, shown)),
    'sync.dismiss': ({ id }) => decide<'sync.dismiss'>((scope) => dismiss(scope, id)),
    'sync.settleFields': ({ id, paths }) =>
      decide<'sync.settleFields'>((scope) => settleFields(scope, id, paths)),
    'sync.diagnostics': async () => {
      const name = (await account).deviceName;
      return withContext<'sync.diagnostics'>((context) =>
        ok({
          ...context.replica.read((scope) => diagnostics(scope, context.deviceUid, name)),
          rates: host.rates(),
        }),
      );
    },
  };
}

function waitingItems(
  scope: ReadScope,
  limit: number,
  phase: SyncStatus['phase'],
): MethodOutput<'sync.waiting'>['items'] {
  const stopped = stoppedBy(phase);
  const rows = scope.db
    .select()
    .from(outbox)
    .where(inArray(outbox.state, ['queued', 'sent']))
    .orderBy(asc(outbox.id))
    .limit(limit)
    .all();
  return rows.map((row) => {
    const { id, collection, recordUid: uid, kind, createdAt: at } = row;
    const dependsOn = referencesOf(collection, bodyOf(row)).some(
      (reference) => reference.uid !== uid && isPendingCreate(scope, reference.uid),
    );
    return {
      id,
      ...recordName(scope, collection, uid),
      kind,
      at,
      waitsFor: stopped ?? (dependsOn ? 'dependency' : 'turn'),
    };
  });
}

type WaitsFor = MethodOutput<'sync.waiting'>['items'][number]['waitsFor'];

/** What keeps every change waiting; null while they go. */
function stoppedBy(phase: SyncStatus['phase']): WaitsFor | null {
  switch (phase) {
    case 'idle':
    case 'syncing':
      return null;
    case 'off':
    case 'sign_in_needed':
      return 'sign_in';
    case 'offline':
      return 'network';
    case 'cloud_problem':
    case 'cloud_outdated':
      return 'cloud';
    case 'app_problem':
      return 'retry';
    case 'paused':
      return 'pause';
    case 'update_required':
      return 'update';
    case 'no_access':
      return 'access';
  }
}

function diagnostics(
  scope: ReadScope,
  uid: string,
  name: string,
): Omit<MethodOutput<'sync.diagnostics'>, 'rates'> {
  return {
    device: { uid, name, letter: readBinding(scope)?.letter ?? '' },
    protocol: PROTOCOL_VERSION,
    collections: COLLECTION_ORDER.map((collection) => {
      const { epoch, cursor, head, lastSeq } = readState(scope, collection);
      const waiting = countWaitingOf(scope, collection);
      // What was told since the head was heard counts as known to the cloud (R55).
      const inCloud = head === null ? null : Math.max(head, cursor);
      return { collection, epoch, cursor, head: inCloud, waiting, sequence: lastSeq };
    }),
    log: scope.db
      .select({ at: syncLog.at, text: syncLog.text })
      .from(syncLog)
      .orderBy(asc(syncLog.id))
      .all(),
  };
}
