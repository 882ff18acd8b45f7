import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { DataColumn } from './data-table-types';
import classes from './data-table.module.css';

interface DataTableRowProps<Row> {
  readonly id: string;
  readonly index: number;
  /** Where the row stands in the scrolled body, in pixels. */
  readonly top: number;
  readonly record: Row;
  readonly columns: readonly DataColumn<Row>[];
  readonly name: string;
  /** The keyboard is on it. */
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isSelectable: boolean;
  /** Turns the selection around; with `isRange`, of all rows since the last one turned. */
  readonly onToggle: (isRange: boolean) => void;
  readonly onOpen: () => void;
  readonly onMenu?: (x: number, y: number) => void;
}

/** One row of a list: a click opens it, with Shift or Ctrl it selects. */
export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { t } = useTranslation();
  const { record, columns, isSelected, isSelectable, onToggle, onMenu } = props;
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={isSelected}
      className={classes['row']}
      data-active={props.isActive || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event) => {
        if (isSelectable && (event.shiftKey || event.ctrlKey || event.metaKey)) {
          onToggle(event.shiftKey);
        } else props.onOpen();
      }}
      onContextMenu={(event) => {
        if (!onMenu) return;
        event.preventDefault();
        onMenu(event.clientX, event.clientY);
      }}
    >
      {isSelectable && (
        <div
          role="gridcell"
          className={classes['check']}
          onClick={(event) => event.stopPropagation()}
        >
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={t('list.select', { name: props.name })}
            checked={isSelected}
            onChange={(event) => onToggle((event.nativeEvent as unknown as MouseEvent).shiftKey)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes['cell']}
          data-align={column.align}
          title={column.tooltip?.(record)}
        >
          {column.cell(record)}
        </div>
      ))}
    </div>
  );
}
