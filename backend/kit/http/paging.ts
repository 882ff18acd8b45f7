export const DEFAULT_LIMIT = 100;

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
    nextCursor: rows.length > limit && last !== undefined ? String(last.id) : null,
  };
}
