import {
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Action } from './action';
import { ContextMenu } from './context-menu';
import { ROOM, useScrollAnchor } from './data-table-anchor';
import { DataTableFooter, DataTableHeader, NewAbove } from './data-table-bars';
import { useGridKeys } from './data-table-keys';
import { useKeyboardPlace } from './data-table-place';
import { DataTableRow } from './data-table-row';
import type { DataColumn, PagedRows } from './data-table-types';
import { ROW_HEIGHT } from './data-table-types';
import classes from './data-table.module.css';
import { EmptyState } from './empty-state';
import type { ListHandle } from './list-state';

const features = tableFeatures({ rowSelectionFeature, rowSortingFeature });

export interface DataTableProps<Row extends object, Filters> {
  /** What the list is called by a screen reader. */
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly page: PagedRows<Row>;
  readonly rowKey: (row: Row) => string;
  /** How a row is called: "Acme Ltd". */
  readonly rowName: (row: Row) => string;
  readonly list: ListHandle<Filters, Row>;
  /** How many rows there are in all, read or not. */
  readonly count: number | null;
  readonly onOpen: (row: Row) => void;
  readonly rowActions?: (row: Row) => readonly Action[];
  /** What stands in place of rows when there are none. */
  readonly whenEmpty: ReactNode;
  /** First thing in the footer: "1,234 clients". */
  readonly footerLabel: ReactNode;
  /** Takes the footer's place while rows are selected; without one, rows cannot be selected. */
  readonly selectionBar?: ReactNode;
}

interface MenuPlace<Row> {
  readonly row: Row;
  readonly x: number;
  readonly y: number;
}

/**
 * The list of every screen: virtual rows, header and footer always in sight, pages read as they are
 * scrolled to, keys (arrows, space, Enter, Ctrl+A), selection with ranges, and a menu on each row.
 * Its place, selection and order live in `list`, so that they are there again after a detour.
 */
export function DataTable<Row extends object, Filters>(props: DataTableProps<Row, Filters>) {
  const { columns, page, rowKey, list, onOpen, rowActions } = props;
  const { rows, onSee } = page;
  const { t } = useTranslation();
  const baseId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<MenuPlace<Row> | null>(null);

  const table = useTable({
    features,
    columns: useTableColumns(columns),
    data: rows,
    getRowId: rowKey,
    manualSorting: true,
    enableSortingRemoval: false,
    state: {
      sorting: [{ id: list.sort.by, desc: list.sort.direction === 'desc' }],
      rowSelection: useMemo(
        () => Object.fromEntries([...list.selected.keys()].map((key) => [key, true] as const)),
        [list.selected],
      ),
    },
    onRowSelectionChange: (change) => {
      const before = Object.fromEntries(
        [...list.selected.keys()].map((key) => [key, true] as const),
      );
      const after = typeof change === 'function' ? change(before) : change;
      const loaded = new Map(rows.map((row) => [rowKey(row), row]));
      const selected = new Map<string, Row>();
      for (const key of Object.keys(after)) {
        const row = loaded.get(key) ?? list.selected.get(key);
        if (after[key] && row !== undefined) selected.set(key, row);
      }
      list.select(selected);
    },
  });
  const { rows: tableRows, rowsById } = table.getRowModel();
  const keys = useMemo(() => tableRows.map(({ id }) => id), [tableRows]);
  const indexOf = useCallback((key: string) => rowsById[key]?.index, [rowsById]);
  // Another function would have the virtualizer lay out all rows anew, with every key that is pressed.
  const keyAt = useCallback((index: number) => keys[index] ?? index, [keys]);
  const place = useKeyboardPlace(list.active, keys, indexOf);

  const virtualizer = useVirtualizer({
    count: tableRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialOffset: list.scrollTop,
    getItemKey: keyAt,
    // The active row is there however far it is scrolled away: a screen reader is told of it.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      const isThere = place.index < 0 || indexes.includes(place.index);
      return isThere ? indexes : [...indexes, place.index].sort((a, b) => a - b);
    },
  });
  const items = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => {
    onSee(startIndex, endIndex);
  }, [onSee, startIndex, endIndex]);
  const { isPrevious } = page;
  const anchor = useScrollAnchor({ scroller, list, keys, indexOf, isPrevious });

  const openMenuAt = (row: Row, x: number, y: number): void => {
    if (rowActions) setMenu({ row, x, y });
  };
  const toggle = (index: number, isRange: boolean): void => {
    const row = tableRows[index];
    if (!row) return;
    row.getToggleSelectedHandler()({
      target: { checked: !row.getIsSelected() },
      shiftKey: isRange,
    });
  };
  const rowId = (key: string): string => `${baseId}-row-${key}`;
  const onKeyDown = useGridKeys({
    isSelectable: props.selectionBar !== undefined,
    list,
    place,
    rows,
    rowKey,
    toggle,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2),
    onOpen,
    onMenu: (row) => {
      const box = document.getElementById(rowId(rowKey(row)))?.getBoundingClientRect();
      if (box) openMenuAt(row, box.left + 40, box.bottom);
    },
  });

  const isSelectable = props.selectionBar !== undefined;
  const gridTemplateColumns = [
    ...(isSelectable ? ['34px'] : []),
    ...columns.map((column) => column.width),
  ].join(' ');
  const isEmpty = rows.length === 0 && !page.isLoading;
  const whenEmpty = page.isFailed ? <EmptyState text={t('list.failed')} /> : props.whenEmpty;
  return (
    <div className={classes['frame']} style={{ '--grid-columns': gridTemplateColumns } as object}>
      <div
        ref={scroller}
        className={classes['scroller']}
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.count ?? -1}
        aria-multiselectable={isSelectable}
        aria-busy={page.isLoading}
        aria-activedescendant={
          list.active !== null && place.index >= 0 ? rowId(list.active) : undefined
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
        data-testid="data-table"
      >
        <DataTableHeader
          columns={columns}
          // What is found comes newest first, whatever the order of the list.
          sort={list.search.trim() === '' ? list.sort : null}
          onSort={(sort) => list.show({ sort })}
          isAllSelected={tableRows.length > 0 && table.getIsAllRowsSelected()}
          isSelectable={isSelectable}
          isSomeSelected={table.getIsSomeRowsSelected()}
          onToggleAll={() => table.toggleAllRowsSelected()}
        />
        {isEmpty ? (
          <div className={classes['empty']} role="row">
            <div role="gridcell">{whenEmpty}</div>
          </div>
        ) : (
          <div
            className={classes['body']}
            role="rowgroup"
            style={{ blockSize: `calc(${virtualizer.getTotalSize()}px + var(${ROOM}, 0px))` }}
          >
            {items.map((item) => {
              const row = tableRows[item.index];
              if (!row) return null;
              const record = row.original;
              return (
                <DataTableRow
                  key={row.id}
                  id={rowId(row.id)}
                  index={item.index}
                  top={item.start}
                  record={record}
                  columns={columns}
                  name={props.rowName(record)}
                  isActive={row.id === list.active}
                  isSelected={row.getIsSelected()}
                  isSelectable={isSelectable}
                  onToggle={(isRange) => {
                    list.move({ active: row.id });
                    toggle(item.index, isRange);
                    // The keys go on from here: a row's box never keeps the focus.
                    scroller.current?.focus({ preventScroll: true });
                  }}
                  onOpen={() => {
                    list.move({ active: row.id });
                    onOpen(record);
                  }}
                  {...(rowActions && {
                    onMenu: (x: number, y: number) => {
                      list.move({ active: row.id });
                      openMenuAt(record, x, y);
                    },
                  })}
                />
              );
            })}
          </div>
        )}
      </div>
      {anchor.hasNewAbove && <NewAbove onShow={anchor.showTop} />}
      {isSelectable && list.selected.size > 0
        ? props.selectionBar
        : !isEmpty && (
            <DataTableFooter
              columns={columns}
              label={props.footerLabel}
              columnsBefore={isSelectable ? 1 : 0}
            />
          )}
      {menu && (
        <ContextMenu
          x={menu.x}
          y={menu.y}
          actions={rowActions?.(menu.row) ?? []}
          onClose={() => {
            setMenu(null);
            scroller.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </div>
  );
}

/** The columns as TanStack Table knows them: only what it decides (sorting) depends on them. */
function useTableColumns<Row extends object>(columns: readonly DataColumn<Row>[]) {
  const shape = columns.map((column) => column.sortBy ?? `-${column.id}`).join(' ');
  return useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return shape
      .split(' ')
      .map((id) =>
        helper.display({ id: id.replace(/^-/, ''), enableSorting: !id.startsWith('-') }),
      );
  }, [shape]);
}
