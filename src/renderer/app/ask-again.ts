import type { Query, QueryClient } from '@tanstack/react-query';

/** Marks a query whose answer stays while it is shown; asked anew, it is read anew. */
export const STILL = { isStill: true } as const;

/**
 * Asks again for every answer that a change has made old. A first answer that is still on its way
 * may be from before the change: react-query would wait for it and take it for new.
 */
export async function askAgain(
  client: QueryClient,
  isOld: (query: Query) => boolean = () => true,
): Promise<void> {
  await client.cancelQueries({
    predicate: (query) => query.state.data === undefined && isOld(query),
  });
  const isStill = ({ meta, state }: Query): boolean =>
    meta?.['isStill'] === true && state.data !== undefined;
  await client.invalidateQueries({
    predicate: (query) => isStill(query) && isOld(query),
    refetchType: 'none',
  });
  await client.invalidateQueries({ predicate: (query) => !isStill(query) && isOld(query) });
}
