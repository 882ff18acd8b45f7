export const DEFAULT_LIMIT = 100;

/**
 * Lines of documents that one page holds at most, so that an answer needs little memory whatever is
 * in them. A document has a thousand at most: every page holds one.
 */
export const MAX_PAGE_LINES = 3_000;

export interface Page<T> {
  readonly rows: readonly T[];
  /** Null after the last page. */
  readonly nextCursor: string | null;
}

/** Cuts rows that were read one beyond the limit into a page and the cursor of the next one. */
export function pageOf<T extends { readonly id: number }>(
  rows: readonly T[],
  limit: number,
): Page<T> {
  return pageBefore(rows.slice(limit)[0]?.id ?? null, rows);
}

/** The rows of a page that ends before the row of this id, if there is one. */
export function pageBefore<T extends { readonly id: number }>(
  end: number | null,
  rows: readonly T[],
): Page<T> {
  const page = end === null ? rows : rows.filter(({ id }) => id < end);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: page.length < rows.length && last !== undefined ? String(last.id) : null,
  };
}
