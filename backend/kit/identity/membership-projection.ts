import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';

import type { MembershipState } from '../../../src/shared/contracts/events/events';
import { membershipState } from '../../../src/shared/contracts/events/events';
import { businessUid } from '../../../src/shared/domain/ids';
import type { Database } from '../database/database';
import { memberships } from '../database/kit-tables';
import type { ServiceCalls } from './service-calls';
import type { MembershipSource } from './membership';

/** How long a membership is believed without a look at the database. */
const FRESH_MS = 5_000;
const REMEMBERED = 10_000;

export interface MembershipProjection extends MembershipSource {
  apply(state: MembershipState): Promise<void>;
}

/**
 * Memberships as MembershipChanged tells them, kept in the service's own database; the auth service
 * is asked about a user that no event has told of yet. An event is applied only when it is newer.
 */
export function createMembershipProjection(
  db: Database,
  calls: ServiceCalls,
): MembershipProjection {
  const fresh = new Map<
    string,
    { readonly at: number; readonly states: readonly MembershipState[] }
  >();

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
    return states;
  }

  return {
    async find(sub) {
      const known = fresh.get(sub);
      if (known !== undefined && Date.now() - known.at < FRESH_MS) return known.states;
      const stored = await read(sub);
      const states = (stored.length > 0 ? stored : await ask(sub)).filter((one) => !one.removed);
      if (fresh.size >= REMEMBERED) fresh.clear();
      if (states.length > 0) fresh.set(sub, { at: Date.now(), states });
      return states;
    },
    async apply(state) {
      await store(db, state);
      fresh.delete(state.user);
    },
  };
}

async function store(db: Database, state: MembershipState): Promise<void> {
  const values = {
    userId: state.user_id,
    role: state.role,
    position: state.position,
    removedAt: state.removed ? new Date() : null,
    revision: state.revision,
  };
  const isNewer = sql`values(${sql.identifier('revision')}) > ${memberships.revision}`;
  // `revision` comes last: the comparisons before it need the one that stands there.
  await db
    .insert(memberships)
    .values({ user: state.user, business: state.business, ...values })
    .onDuplicateKeyUpdate({
      set: {
        userId: sql`if(${isNewer}, ${values.userId}, ${memberships.userId})`,
        role: sql`if(${isNewer}, ${values.role}, ${memberships.role})`,
        position: sql`if(${isNewer}, ${values.position}, ${memberships.position})`,
        removedAt: sql`if(${isNewer}, ${values.removedAt}, ${memberships.removedAt})`,
        revision: sql`greatest(values(${sql.identifier('revision')}), ${memberships.revision})`,
      },
    });
}
