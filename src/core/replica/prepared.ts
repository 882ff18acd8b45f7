import { compile } from './compile';
import type { ReplicaDb } from './replica-db';

/**
 * A query that is prepared once per open replica: building one with drizzle costs more than
 * running it. Use: `const byUid = prepared((db) => db.select()….prepare()); byUid(db).get({ uid })`.
 */
export function prepared<Query>(
  build: (db: ReplicaDb) => Query,
): (db: Pick<ReplicaDb, 'select'>) => Query {
  const queries = new WeakMap<object, Query>();
  return (db) => {
    const known = queries.get(db);
    if (known !== undefined) return known;
    // A reader's handle is the same object with fewer methods in its type.
    const query = compile(build(db as ReplicaDb));
    queries.set(db, query);
    return query;
  };
}
