import {
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Action } from './action';
import { ContextMenu } from './context-menu';
import { DataTableFooter, DataTableHeader } from './data-table-bars';
import { useGridKeys } from './data-table-keys';
import { DataTableRow } from './data-table-row';
import type { DataColumn } from './data-table-types';
import classes from './data-table.module.css';
import { EmptyState } from './empty-state';
import type { ListHandle } from './list-state';

export const ROW_HEIGHT = 28;
const features = tableFeatures({ rowSelectionFeature, rowSortingFeature });
/** Rows left below the last one in sight when the next page is read. */
const READ_AHEAD = 40;

export interface DataTableProps<Row extends object, Filters> {
  /** What the list is called by a screen reader. */
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** How a row is called: "Acme Ltd". */
  readonly rowName: (row: Row) => string;
  readonly list: ListHandle<Filters, Row>;
  /** How many rows there are in all, read or not. */
  readonly count: number | null;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** The list could not be read: said in place of the rows. */
  readonly isFailed?: boolean;
  readonly loadMore: () => void;
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
  const { columns, rows, rowKey, list, onOpen, rowActions } = props;
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
  const tableRows = table.getRowModel().rows;

  const virtualizer = useVirtualizer({
    count: tableRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialOffset: list.scrollTop,
    getItemKey: (index) => tableRows[index]?.id ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasMore, loadMore } = props;
  useEffect(() => {
    if (hasMore && last > rows.length - READ_AHEAD) loadMore();
  }, [hasMore, loadMore, last, rows.length]);
  useKeptScroll(scroller, list);

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
  const rowId = (index: number): string => `${baseId}-row-${index}`;
  const onKeyDown = useGridKeys({
    isSelectable: props.selectionBar !== undefined,
    list,
    rows,
    rowKey,
    toggle,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2),
    onOpen,
    onMenu: (index) => {
      const row = rows[index];
      const place = document.getElementById(rowId(index))?.getBoundingClientRect();
      if (row !== undefined && place) openMenuAt(row, place.left + 40, place.bottom);
    },
  });

  const isSelectable = props.selectionBar !== undefined;
  const gridTemplateColumns = [
    ...(isSelectable ? ['34px'] : []),
    ...columns.map((column) => column.width),
  ].join(' ');
  const isEmpty = rows.length === 0 && !props.isLoading;
  const whenEmpty = props.isFailed ? <EmptyState text={t('list.failed')} /> : props.whenEmpty;
  return (
    <div className={classes['frame']} style={{ '--grid-columns': gridTemplateColumns } as object}>
      <div
        ref={scroller}
        className={classes['scroller']}
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.count ?? -1}
        aria-multiselectable={isSelectable}
        aria-busy={props.isLoading}
        aria-activedescendant={list.active >= 0 ? rowId(list.active) : undefined}
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
            style={{ blockSize: virtualizer.getTotalSize() }}
          >
            {items.map((item) => {
              const row = tableRows[item.index];
              if (!row) return null;
              const record = row.original;
              return (
                <DataTableRow
                  key={row.id}
                  id={rowId(item.index)}
                  index={item.index}
                  top={item.start}
                  record={record}
                  columns={columns}
                  name={props.rowName(record)}
                  isActive={item.index === list.active}
                  isSelected={row.getIsSelected()}
                  isSelectable={isSelectable}
                  onToggle={(isRange) => {
                    list.move({ active: item.index });
                    toggle(item.index, isRange);
                    // The keys go on from here: a row's box never keeps the focus.
                    scroller.current?.focus({ preventScroll: true });
                  }}
                  onOpen={() => {
                    list.move({ active: item.index });
                    onOpen(record);
                  }}
                  {...(rowActions && {
                    onMenu: (x: number, y: number) => {
                      list.move({ active: item.index });
                      openMenuAt(record, x, y);
                    },
                  })}
                />
              );
            })}
          </div>
        )}
      </div>
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

/** Keeps the place in `list` when the list is left; goes to the top when it shows something else. */
function useKeptScroll<Row, Filters>(
  scroller: React.RefObject<HTMLDivElement | null>,
  list: ListHandle<Filters, Row>,
): void {
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = latest.current.scrollTop;
    let top = element.scrollTop;
    const remember = (): void => {
      top = element.scrollTop;
    };
    element.addEventListener('scroll', remember, { passive: true });
    return () => {
      element.removeEventListener('scroll', remember);
      latest.current.move({ scrollTop: top });
    };
  }, [scroller]);
  const shown = JSON.stringify([list.search, list.filters, list.sort]);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    scroller.current?.scrollTo({ top: 0 });
  }, [scroller, shown]);
}
