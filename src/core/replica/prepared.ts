import type { Database } from 'better-sqlite3';

import { compile, type Plan, planOf } from './compile';
import type { ReplicaDb } from './replica-db';

/**
 * A query that is built once, and prepared once per open replica: building one with drizzle costs
 * more than running it. Use:
 * `const byUid = prepared((db) => db.select()….prepare()); byUid(db).get({ uid })`.
 */
export function prepared<Query>(
  build: (db: ReplicaDb) => Query,
): (db: Pick<ReplicaDb, 'select'>) => Query {
  const queries = new WeakMap<object, Query>();
  let plan: Plan<Query> | null = null;
  return (reader) => {
    const known = queries.get(reader);
    if (known !== undefined) return known;
    // A reader's handle is the same object with fewer methods in its type.
    const db = reader as ReplicaDb & { readonly $client: Database };
    let query: Query;
    if (plan === null) {
      const built = build(db);
      plan = planOf(built);
      query = compile(built);
    } else query = plan.queryOf(db.$client.prepare(plan.source));
    queries.set(reader, query);
    return query;
  };
}
