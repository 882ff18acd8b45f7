import { expect } from 'vitest';

import type { Page, PageRequest } from '../pages';

/**
 * All rows of a list by its pages. Each page is also read again between its two cursors, as a list
 * does of which one page is looked at while something changes, and must be the same.
 */
export async function walkPages<Row>(
  limit: number,
  read: (request: PageRequest) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ cursor, limit });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    const until = page.nextCursor ?? undefined;
    expect(await read({ cursor, until, limit: 200 })).toEqual(page);
    cursor = until;
  } while (cursor !== undefined);
  return rows;
}
