import type { KeyboardEvent } from 'react';

import type { KeyboardPlace } from './data-table-place';
import type { ListHandle } from './list-state';

interface GridKeys<Row, Filters> {
  readonly isSelectable: boolean;
  readonly list: ListHandle<Filters, Row>;
  readonly place: KeyboardPlace;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly toggle: (index: number, isRange: boolean) => void;
  readonly scrollTo: (index: number) => void;
  readonly pageSize: () => number;
  readonly onOpen: (row: Row) => void;
  readonly onMenu: (row: Row) => void;
}

/**
 * Keys of a list: arrows, Page Up/Down, Home and End move; Shift with an arrow extends the
 * selection; space selects; Enter opens; Ctrl+A selects what is loaded; Escape selects nothing;
 * the menu key (or Shift+F10) opens the row's menu.
 */
export function useGridKeys<Row, Filters>(
  grid: GridKeys<Row, Filters>,
): (event: KeyboardEvent<HTMLElement>) => void {
  const { list, place, rows } = grid;

  const goTo = (index: number): void => {
    const next = Math.min(Math.max(index, 0), rows.length - 1);
    const row = rows[next];
    if (row === undefined) return;
    list.move({ active: grid.rowKey(row) });
    grid.scrollTo(next);
  };

  const moveTo = (index: number, event: KeyboardEvent): void => {
    event.preventDefault();
    if (grid.isSelectable && event.shiftKey && place.index >= 0) extendTo(index);
    goTo(index);
  };

  /** Both ends of the step are selected: holding Shift and going down marks every row passed. */
  const extendTo = (index: number): void => {
    const selected = new Map(list.selected);
    const from = Math.min(place.index, index);
    const to = Math.max(place.index, index);
    rows.slice(Math.max(from, 0), to + 1).forEach((row) => selected.set(grid.rowKey(row), row));
    list.select(selected);
  };

  return (event) => {
    // Keys inside a header's button or a row's checkbox belong to those.
    if (event.target !== event.currentTarget && event.key !== 'Escape') return;
    const active = rows[place.index];
    switch (event.key) {
      case 'ArrowDown':
        return moveTo(place.next(), event);
      case 'ArrowUp':
        return moveTo(place.previous(), event);
      case 'PageDown':
        return moveTo(place.next() - 1 + grid.pageSize(), event);
      case 'PageUp':
        return moveTo(place.previous() + 1 - grid.pageSize(), event);
      case 'Home':
        return moveTo(0, event);
      case 'End':
        return moveTo(rows.length - 1, event);
      case 'Enter':
        if (active === undefined) return;
        event.preventDefault();
        return grid.onOpen(active);
      case ' ':
        event.preventDefault();
        if (grid.isSelectable && active !== undefined) grid.toggle(place.index, event.shiftKey);
        return;
      case 'a':
        if (!grid.isSelectable || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        return list.select(new Map(rows.map((row) => [grid.rowKey(row), row])));
      case 'Escape':
        if (list.selected.size > 0) list.select(new Map());
        return;
      case 'ContextMenu':
      case 'F10':
        if (event.key === 'F10' && !event.shiftKey) return;
        event.preventDefault();
        if (active !== undefined) grid.onMenu(active);
        return;
      default:
        return;
    }
  };
}
