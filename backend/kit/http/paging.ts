import { invalid } from './refusal';
import type { Refusal } from './refusal';

export const DEFAULT_LIMIT = 100;

/** A cursor of lists that go by id: opaque to clients, the last id of the page inside. */
export function encodeCursor(lastId: number): string {
  return Buffer.from(String(lastId)).toString('base64url');
}

/** The id that a page goes on after (0 for the first page), or a refusal of what is no cursor. */
export function decodeCursor(cursor: string | undefined): number | Refusal {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (/^[1-9]\d{0,9}$/u.test(text)) return Number(text);
  return invalid([{ field: 'query.cursor', code: 'cursor_invalid' }]);
}

/**
 * Cuts rows that were read one beyond the limit into a page and the cursor of the next one (null
 * after the last).
 */
export function pageOf<T extends { readonly id: number }>(
  rows: readonly T[],
  limit: number,
): { readonly rows: readonly T[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last.id) : null,
  };
}
