import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { ROW_HEIGHT } from './data-table-types';
import type { ListHandle } from './list-state';
import { shiftOf } from './row-shift';

/** The height of what stands below the last row, so that a short list can hold its rows too. */
export const ROOM = '--room';

const ROWS_POINTED_AT = '[role="rowgroup"]:hover';

interface AnchorOptions<Filters, Row> {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly list: ListHandle<Filters, Row>;
  /** Keys of the rows in their order; another array only when they are other rows. */
  readonly keys: readonly string[];
  readonly indexOf: (key: string) => number | undefined;
  /** The rows are still those of another search, filter or order. */
  readonly isPrevious: boolean;
}

export interface ScrollAnchor {
  /** At the top, rows came above what is seen, and were not looked at yet. */
  readonly hasNewAbove: boolean;
  readonly showTop: () => void;
}

/**
 * Keeps what is seen where it is on the screen while rows come, go or move elsewhere, and keeps the
 * place in `list` while the list is left. Another search, filter or order begins at the top. At the
 * very top, rows that come show at once, as everybody expects of a list that is only looked at;
 * where the keyboard is on a row in sight or the pointer over the rows, a key or a click is
 * to be expected, and the rows stay under it.
 */
export function useScrollAnchor<Filters, Row>(options: AnchorOptions<Filters, Row>): ScrollAnchor {
  const { scroller, list, keys, indexOf, isPrevious } = options;
  const [hasNewAbove, setNewAbove] = useState(false);
  const shown = JSON.stringify([list.search, list.filters, list.sort]);
  const top = useRef(list.scrollTop);
  const before = useRef({ shown, keys });
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = latest.current.scrollTop;
    top.current = element.scrollTop;
    const remember = (): void => {
      top.current = element.scrollTop;
      if (element.style.getPropertyValue(ROOM) !== '') makeRoom(element, top.current);
      if (top.current === 0) setNewAbove(false);
    };
    element.addEventListener('scroll', remember, { passive: true });
    return () => {
      element.removeEventListener('scroll', remember);
      latest.current.move({ scrollTop: top.current });
    };
  }, [scroller]);

  const { active } = list;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (isPrevious || !element) return;
    const last = before.current;
    before.current = { shown, keys };
    if (last.shown !== shown || last.keys === keys) return;
    const first = Math.floor(top.current / ROW_HEIGHT);
    const count = Math.ceil(element.clientHeight / ROW_HEIGHT);
    const isAtTop = top.current === 0;
    const isActiveSeen = active !== null && last.keys.slice(first, first + count).includes(active);
    const isHeld = isActiveSeen || element.querySelector(ROWS_POINTED_AT) !== null;
    if (isAtTop && !isHeld) return;
    const shift = shiftOf({ keys: last.keys, first, count, active }, indexOf);
    if (shift === 0) return;
    const wanted = top.current + shift * ROW_HEIGHT;
    makeRoom(element, wanted);
    element.scrollTop = wanted;
    top.current = element.scrollTop;
    if (isAtTop && top.current > 0) setNewAbove(true);
  }, [scroller, keys, indexOf, shown, isPrevious, active]);

  const showsOther = useRef(shown);
  useEffect(() => {
    if (showsOther.current === shown) return;
    showsOther.current = shown;
    if (scroller.current) makeRoom(scroller.current, 0);
    scroller.current?.scrollTo({ top: 0 });
  }, [scroller, shown]);

  const showTop = (): void => {
    scroller.current?.scrollTo({ top: 0 });
    // What was pressed goes; the keys go on in the list.
    scroller.current?.focus({ preventScroll: true });
  };
  return { hasNewAbove, showTop };
}

/** Leaves as much below the rows as it takes to be scrolled to `top`, and no more. */
function makeRoom(element: HTMLElement, top: number): void {
  const body = element.querySelector<HTMLElement>('[role="rowgroup"]');
  if (body === null) return;
  const before = Number.parseFloat(element.style.getPropertyValue(ROOM) || '0');
  const end = body.offsetTop + body.offsetHeight - before;
  const room = Math.max(0, top + element.clientHeight - end);
  if (room === 0) element.style.removeProperty(ROOM);
  else element.style.setProperty(ROOM, `${room}px`);
}
