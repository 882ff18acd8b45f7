import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';

import type { MembershipState } from '../../../src/shared/contracts/events/events';
import { membershipState } from '../../../src/shared/contracts/events/events';
import { businessUid } from '../../../src/shared/domain/ids';
import type { Database } from '../database/database';
import { memberships } from '../database/kit-tables';
import { storeIfNewer } from '../database/store-if-newer';
import type { ServiceCalls } from './service-calls';
import type { MembershipSource } from './membership';

/** How long a membership is believed without a look at the database. */
const FRESH_MS = 5_000;
/** Who names businesses that are not his makes nobody ask more often than this. */
const ASK_AGAIN_MS = 1_000;
const REMEMBERED = 10_000;

export interface MembershipProjection extends MembershipSource {
  apply(state: MembershipState): Promise<void>;
}

/**
 * Memberships as MembershipChanged tells them, kept in the service's own database; the auth service
 * is asked about a user that no event, or not every event, has told of yet. An event is applied only
 * when it is newer.
 */
export function createMembershipProjection(
  db: Database,
  calls: ServiceCalls,
): MembershipProjection {
  const fresh = new Map<
    string,
    { readonly at: number; readonly states: readonly MembershipState[] }
  >();
  const asked = new Map<string, number>();

  async function read(sub: string): Promise<readonly MembershipState[]> {
    const rows = await db
      .select()
      .from(memberships)
      .where(eq(memberships.user, sub))
      .orderBy(asc(memberships.position));
    return rows.map((row) => ({
      user: row.user,
      user_id: row.userId,
      business: businessUid.parse(row.business),
      role: row.role,
      position: row.position,
      revision: row.revision,
      removed: row.removedAt !== null,
    }));
  }

  async function ask(sub: string): Promise<readonly MembershipState[]> {
    const answer = await calls.get('auth', `/memberships/${encodeURIComponent(sub)}`);
    const states = z.array(membershipState).parse(answer ?? []);
    for (const state of states) await store(db, state);
    if (asked.size >= REMEMBERED) asked.clear();
    asked.set(sub, Date.now());
    return states;
  }

  function remember(sub: string, states: readonly MembershipState[]): readonly MembershipState[] {
    const standing = states.filter((one) => !one.removed);
    if (fresh.size >= REMEMBERED) fresh.clear();
    if (standing.length > 0) fresh.set(sub, { at: Date.now(), states: standing });
    return standing;
  }

  return {
    async find(sub) {
      const known = fresh.get(sub);
      if (known !== undefined && Date.now() - known.at < FRESH_MS) return known.states;
      const stored = await read(sub);
      return remember(sub, isComplete(stored) ? stored : await ask(sub));
    },
    async findAnew(sub) {
      const last = asked.get(sub);
      if (last !== undefined && Date.now() - last < ASK_AGAIN_MS) return [];
      return remember(sub, await ask(sub));
    },
    async apply(state) {
      await store(db, state);
      fresh.delete(state.user);
    },
  };
}

/**
 * Positions count from 1 and none is given up, so that a missing event shows: without it, another
 * business would be taken for the user's first.
 */
function isComplete(states: readonly MembershipState[]): boolean {
  const last = Math.max(0, ...states.map((one) => one.position));
  return states.length > 0 && states.length >= last;
}

async function store(db: Database, state: MembershipState): Promise<void> {
  const { user, business, role, position, revision } = state;
  const removedAt = state.removed ? new Date() : null;
  await storeIfNewer(db, memberships, {
    user,
    business,
    userId: state.user_id,
    role,
    position,
    removedAt,
    revision,
  });
}
