import { Button, Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { DataColumn } from './data-table-types';
import classes from './data-table.module.css';

interface Sort {
  readonly by: string;
  readonly direction: 'asc' | 'desc';
}

interface DataTableHeaderProps<Row> {
  readonly columns: readonly DataColumn<Row>[];
  /** Null where the rows have an order of their own: then nothing sorts. */
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort) => void;
  readonly isSelectable: boolean;
  readonly isAllSelected: boolean;
  readonly isSomeSelected: boolean;
  readonly onToggleAll: () => void;
}

/** Names of the columns; a click sorts by one, another turns the order around. */
export function DataTableHeader<Row>(props: DataTableHeaderProps<Row>) {
  const { t } = useTranslation();
  return (
    <div className={classes['header']} role="row" aria-rowindex={1}>
      {props.isSelectable && (
        <div role="columnheader" className={classes['check']}>
          <Checkbox
            size="xs"
            aria-label={t('list.selectAll')}
            checked={props.isAllSelected}
            indeterminate={props.isSomeSelected && !props.isAllSelected}
            onChange={props.onToggleAll}
          />
        </div>
      )}
      {props.columns.map((column) => (
        <HeaderCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
      ))}
    </div>
  );
}

interface HeaderCellProps<Row> {
  readonly column: DataColumn<Row>;
  /** Null where the rows have an order of their own: then nothing sorts. */
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort) => void;
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const { sortBy } = column;
  if (sortBy === undefined || sort === null) {
    return (
      <div
        role="columnheader"
        className={classes['cell']}
        data-align={column.align}
        title={column.header}
      >
        {column.header}
      </div>
    );
  }
  const isSorted = sort.by === sortBy;
  const Arrow = sort.direction === 'asc' ? IconArrowUp : IconArrowDown;
  const turned = sort.direction === 'asc' ? 'desc' : 'asc';
  return (
    <div
      role="columnheader"
      className={classes['cell']}
      data-align={column.align}
      aria-sort={isSorted ? (sort.direction === 'asc' ? 'ascending' : 'descending') : 'none'}
      title={column.header}
    >
      <UnstyledButton
        className={classes['sort']}
        data-sorted={isSorted || undefined}
        onClick={() => onSort({ by: sortBy, direction: isSorted ? turned : 'asc' })}
      >
        <span className={classes['sortLabel']}>{column.header}</span>
        <Arrow className={classes['arrow']} size={13} stroke={2} aria-hidden />
      </UnstyledButton>
    </div>
  );
}

/** Says that rows came above the first one that is seen, and goes there. */
export function NewAbove({ onShow }: { readonly onShow: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes['newAbove']} role="status">
      <Button
        size="compact-xs"
        radius="xl"
        variant="default"
        leftSection={<IconArrowUp size={13} stroke={2} aria-hidden />}
        onClick={onShow}
      >
        {t('list.newAbove')}
      </Button>
    </div>
  );
}

interface DataTableFooterProps<Row> {
  readonly columns: readonly DataColumn<Row>[];
  readonly label: ReactNode;
  /** Columns of the grid before the first of `columns`: the check boxes. */
  readonly columnsBefore: number;
}

/** Count and totals, always in sight, each under its column. */
export function DataTableFooter<Row>({ columns, label, columnsBefore }: DataTableFooterProps<Row>) {
  const firstTotal = columns.findIndex((column) => column.footer !== undefined);
  const before = firstTotal < 0 ? columns.length : firstTotal;
  return (
    <div className={classes['footer']} data-testid="table-footer">
      <div
        className={classes['footerLabel']}
        style={{ gridColumn: `1 / span ${before + columnsBefore}` }}
      >
        {label}
      </div>
      {columns.slice(before).map((column) => (
        <div key={column.id} className={classes['cell']} data-align={column.align}>
          {column.footer}
        </div>
      ))}
    </div>
  );
}
