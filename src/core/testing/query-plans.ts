import type { Replica } from '../replica/replica';

/**
 * How SQLite goes about the queries that are prepared for the first time during `work`: for each,
 * the steps of EXPLAIN QUERY PLAN.
 */
export async function queryPlans(
  { connection }: Replica,
  work: () => unknown,
): Promise<readonly (readonly string[])[]> {
  const prepare = connection.prepare.bind(connection);
  const queries: string[] = [];
  connection.prepare = (source: string) => {
    queries.push(source);
    return prepare(source);
  };
  try {
    await work();
  } finally {
    connection.prepare = prepare;
  }
  return queries.map((source) => {
    const explain = prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`);
    const values = [...source.matchAll(/\?/g)].map(() => null);
    return explain.all(...values).map(({ detail }) => detail);
  });
}
