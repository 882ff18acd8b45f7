import type { Query, QueryClient } from '@tanstack/react-query';

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
  await client.invalidateQueries({ predicate: isOld });
}
