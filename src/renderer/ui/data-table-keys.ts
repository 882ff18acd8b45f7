import type { KeyboardEvent } from 'react';

import type { ListHandle } from './list-state';

interface GridKeys<Row, Filters> {
  readonly isSelectable: boolean;
  readonly list: ListHandle<Filters, Row>;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly toggle: (index: number, isRange: boolean) => void;
  readonly scrollTo: (index: number) => void;
  readonly pageSize: () => number;
  readonly onOpen: (row: Row) => void;
  readonly onMenu: (index: number) => void;
}

/**
 * Keys of a list: arrows, Page Up/Down, Home and End move; Shift with an arrow extends the
 * selection; space selects; Enter opens; Ctrl+A selects what is loaded; Escape selects nothing;
 * the menu key (or Shift+F10) opens the row's menu.
 */
export function useGridKeys<Row, Filters>(
  grid: GridKeys<Row, Filters>,
): (event: KeyboardEvent<HTMLElement>) => void {
  const { list, rows } = grid;

  const goTo = (index: number): void => {
    const next = Math.min(Math.max(index, 0), rows.length - 1);
    if (next < 0) return;
    list.move({ active: next });
    grid.scrollTo(next);
  };

  const moveTo = (index: number, event: KeyboardEvent): void => {
    event.preventDefault();
    if (grid.isSelectable && event.shiftKey && list.active >= 0) extendTo(index);
    goTo(index);
  };

  /** Both ends of the step are selected: holding Shift and going down marks every row passed. */
  const extendTo = (index: number): void => {
    const selected = new Map(list.selected);
    const from = Math.min(list.active, index);
    const to = Math.max(list.active, index);
    rows.slice(Math.max(from, 0), to + 1).forEach((row) => selected.set(grid.rowKey(row), row));
    list.select(selected);
  };

  return (event) => {
    // Keys inside a header's button or a row's checkbox belong to those.
    if (event.target !== event.currentTarget && event.key !== 'Escape') return;
    const active = rows[list.active];
    switch (event.key) {
      case 'ArrowDown':
        return moveTo(list.active + 1, event);
      case 'ArrowUp':
        return moveTo(list.active - 1, event);
      case 'PageDown':
        return moveTo(list.active + grid.pageSize(), event);
      case 'PageUp':
        return moveTo(list.active - grid.pageSize(), event);
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
        if (grid.isSelectable && active !== undefined) grid.toggle(list.active, event.shiftKey);
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
        if (list.active >= 0) grid.onMenu(list.active);
        return;
      default:
        return;
    }
  };
}
