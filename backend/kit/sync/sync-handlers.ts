import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../../src/shared/contracts/sync/collections';
import type { syncRoutesOf } from '../../../src/shared/contracts/sync/routes';
import type { PushRequest } from '../../../src/shared/contracts/sync/protocol';
import type { Database } from '../database/database';
import type { AnyHandler, Handlers, Member } from '../http/handlers';
import { conflict } from '../http/refusal';
import { isAtLeast, ROLE_INSUFFICIENT } from '../identity/membership';
import { ProtocolVersionError } from './protocol-version';
import type { PullRequest } from './pull-page';
import { pullPage } from './pull-page';
import { pushBatch } from './push-batch';
import type { SyncedCollection } from './synced-collection';

type SyncRoutes = ReturnType<typeof syncRoutesOf>;

/** What the routes of every collection have parsed. */
interface PushCall {
  readonly member: Member;
  readonly body: PushRequest;
}
interface PullCall {
  readonly member: Member;
  readonly query: PullRequest;
}

/**
 * Handlers of `syncRoutesOf(service)` over the service's collections; throws at the start when one
 * of them is missing.
 */
export function createSyncHandlers(
  db: Database,
  service: ServiceName,
  collections: readonly SyncedCollection[],
): Handlers<SyncRoutes> {
  const handlers: Record<string, AnyHandler> = {};
  for (const [name, owner] of Object.entries(SYNC_COLLECTIONS)) {
    if (owner.service !== service) continue;
    const collection = collections.find((one) => one.name === name);
    if (collection === undefined) throw new Error(`${service} does not say how ${name} are kept`);
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    handlers[`push${title}`] = (call) => push(db, collection, call as PushCall);
    handlers[`pull${title}`] = (call) => pull(db, collection.name, call as PullCall);
  }
  // The names are those of the routes, which the server asks for one by one.
  return handlers as unknown as Handlers<SyncRoutes>;
}

async function push(db: Database, collection: SyncedCollection, call: PushCall) {
  const { member, body } = call;
  // Who may only read asks how the cloud stands with his device's numbers (R61), and tells nothing.
  if (body.mutations.length > 0 && !isAtLeast(member.role, 'bookkeeper')) return ROLE_INSUFFICIENT;
  return understood(async () => ({
    status: 200 as const,
    body: await pushBatch(db, collection, member.tenant, body, {
      device: body.device,
      role: member.role,
    }),
  }));
}

async function pull(db: Database, collection: SyncCollection, call: PullCall) {
  const { member, query } = call;
  return understood(async () => ({
    status: 200 as const,
    text: await pullPage(db, collection, member.tenant, query),
  }));
}

/** A device that is too old is told so (R4), as is one that is newer than this cloud. */
export async function understood<T>(work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProtocolVersionError)) throw error;
    return conflict(error.code);
  }
}
