import type { BusinessContext } from '../../../context';

/** The SQL that is prepared from now on. */
export function spyOnQueries({ replica }: BusinessContext): () => readonly string[] {
  const { connection } = replica;
  const prepare = connection.prepare.bind(connection) as (source: string) => unknown;
  const seen: string[] = [];
  Object.assign(connection, {
    prepare: (source: string) => {
      seen.push(source);
      return prepare(source);
    },
  });
  return () => [...seen];
}

/** How SQLite answers a query: one step a line. */
export function planOf({ replica }: BusinessContext, query: string): string {
  const values = Array.from(query.matchAll(/\?/g), () => 0);
  const plan = replica.connection
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
    .all(...values);
  return plan.map(({ detail }) => detail).join('\n');
}
