import type { ReactNode } from 'react';

import classes from './simple-table.module.css';

interface SimpleColumn {
  readonly id: string;
  readonly header: string;
  readonly align?: 'end';
  readonly width?: number;
  /** Its cells are what the rows are called. */
  readonly isRowHeader?: boolean;
}

interface SimpleRow {
  readonly key: string;
  /** In the order of the columns. */
  readonly cells: readonly ReactNode[];
  readonly isMuted?: boolean;
  /** Id of the column whose cell is the one that counts. */
  readonly strong?: string | undefined;
}

interface SimpleTableProps {
  readonly label: string;
  readonly columns: readonly SimpleColumn[];
  readonly rows: readonly SimpleRow[];
  /** Where there is no room for the columns, each row is a block of its named cells. */
  readonly canStack?: boolean;
  /** Cells have several lines: they stand at the top of their row. */
  readonly isTall?: boolean;
}

/** A short table that shows all its rows: settings, reports, previews. */
export function SimpleTable(props: SimpleTableProps) {
  const { label, columns, rows, canStack = false, isTall = false } = props;
  const table = (
    <table className={classes['table']} data-tall={isTall || undefined} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) =>
            column.header === '' ? (
              <td key={column.id} style={{ width: column.width }} />
            ) : (
              <th
                key={column.id}
                scope="col"
                data-align={column.align}
                style={{ width: column.width }}
              >
                {column.header}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} data-muted={row.isMuted || undefined}>
            {columns.map(({ id, header, align, isRowHeader }, index) =>
              isRowHeader === true ? (
                <th key={id} scope="row">
                  {row.cells[index]}
                </th>
              ) : (
                <td
                  key={id}
                  data-align={align}
                  data-column={header}
                  data-strong={row.strong === id || undefined}
                >
                  {row.cells[index]}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return canStack ? <div className={classes['stacking']}>{table}</div> : table;
}
