/** A page of a list that was read: the rows of one part of it, from one cursor to another. */
export interface HeldPage<Row> {
  /** Null on the first page. */
  readonly from: string | null;
  /** Null where the list ended when the page was read. */
  readonly to: string | null;
  readonly rows: readonly Row[];
  /** Read before something changed. */
  readonly isOld: boolean;
}

/** Pages without a gap, in the order of the list. */
export type HeldPages<Row> = readonly HeldPage<Row>[];

/** The first and the last row that are looked at, counted from 0 over all pages. */
export interface Sight {
  readonly first: number;
  readonly last: number;
}

interface PageRequest {
  readonly cursor?: string;
  readonly until?: string;
  readonly limit: number;
}

export type ReadPage<Row> = (
  request: PageRequest,
) => Promise<{ readonly rows: readonly Row[]; readonly nextCursor: string | null }>;

const PAGE = 100;
/** A page that is read again may have grown; what has no room in it is read when it is looked at. */
const GROWN_PAGE = 200;
/** Rows on both sides of those in sight that are read with them. */
const AROUND = 40;

/** The same pages after a change that may have touched any of them. */
export function allOld<Row>(pages: HeldPages<Row>): HeldPages<Row> {
  return pages.map((page) => (page.isOld ? page : { ...page, isOld: true }));
}

export function rowsOf<Row>(pages: HeldPages<Row>): readonly Row[] {
  return pages.flatMap(({ rows }) => rows);
}

/** Whether old rows are looked at, or the end of what was read comes near. */
export function wantsReading<Row>(pages: HeldPages<Row>, sight: Sight): boolean {
  return endsNear(pages, sight) || isInSight(pages, sight).some((is, at) => is && pages[at]?.isOld);
}

/**
 * Reads what is looked at: the first page, old pages in sight again between their cursors, and on
 * near the end. Pages out of sight keep their old rows until they come into sight, so that a change
 * costs the same in a list of any length. A row is in one page only, the newer one.
 */
export async function readInSight<Row>(
  pages: HeldPages<Row>,
  sight: () => Sight,
  read: ReadPage<Row>,
  keyOf: (row: Row) => string,
): Promise<HeldPages<Row>> {
  let held = pages;
  if (held.length === 0) held = [await readOn(null, read)];
  while (wantsReading(held, sight())) {
    const inSight = isInSight(held, sight());
    const parts = await Promise.all(
      held.map((page, at) =>
        page.isOld && inSight[at] ? readAgain(page, read) : Promise.resolve([page]),
      ),
    );
    held = parts.flat();
    const end = held.at(-1)?.to ?? null;
    if (end !== null && endsNear(held, sight())) held = [...held, await readOn(end, read)];
    held = withoutDoubles(held, keyOf);
  }
  return held;
}

async function readOn<Row>(from: string | null, read: ReadPage<Row>): Promise<HeldPage<Row>> {
  const { rows, nextCursor } = await read({
    ...(from === null ? {} : { cursor: from }),
    limit: PAGE,
  });
  return { from, to: nextCursor, rows, isOld: false };
}

/** The page as it is now; what had no room keeps its old rows in a page of its own. */
async function readAgain<Row>(page: HeldPage<Row>, read: ReadPage<Row>): Promise<HeldPages<Row>> {
  const { from, to } = page;
  const { rows, nextCursor } = await read({
    ...(from === null ? {} : { cursor: from }),
    ...(to === null ? {} : { until: to }),
    limit: GROWN_PAGE,
  });
  const fresh = { from, to: nextCursor, rows, isOld: false };
  return nextCursor === to ? [fresh] : [fresh, { ...page, from: nextCursor }];
}

function endsNear<Row>(pages: HeldPages<Row>, { last }: Sight): boolean {
  const count = pages.reduce((sum, { rows }) => sum + rows.length, 0);
  return pages.at(-1)?.to !== null && last + AROUND >= count;
}

/** Which pages have rows in sight or close to it, or would have if they had any. */
function isInSight<Row>(pages: HeldPages<Row>, { first, last }: Sight): readonly boolean[] {
  let begin = 0;
  return pages.map(({ rows }) => {
    const end = begin + rows.length;
    const is = begin <= last + AROUND && end >= first - AROUND;
    begin = end;
    return is;
  });
}

function withoutDoubles<Row>(pages: HeldPages<Row>, keyOf: (row: Row) => string): HeldPages<Row> {
  const seen = new Set<string>();
  const keepNew = (page: HeldPage<Row>): HeldPage<Row> => {
    const rows = page.rows.filter((row) => {
      const key = keyOf(row);
      return !seen.has(key) && seen.add(key);
    });
    return rows.length === page.rows.length ? page : { ...page, rows };
  };
  const fresh = pages.map((page) => (page.isOld ? page : keepNew(page)));
  return fresh.map((page) => (page.isOld ? keepNew(page) : page));
}
