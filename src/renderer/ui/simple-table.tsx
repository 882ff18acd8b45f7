import type { ReactNode } from 'react';

import classes from './simple-table.module.css';

interface SimpleColumn {
  readonly id: string;
  readonly header: string;
  readonly align?: 'end';
  readonly width?: number;
}

interface SimpleRow {
  readonly key: string;
  /** In the order of the columns. */
  readonly cells: readonly ReactNode[];
  readonly isMuted?: boolean;
}

interface SimpleTableProps {
  readonly label: string;
  readonly columns: readonly SimpleColumn[];
  readonly rows: readonly SimpleRow[];
  /** Where there is no room for the columns, each row is a block of its named cells. */
  readonly canStack?: boolean;
}

/** A short table that shows all its rows: settings, reports, previews. */
export function SimpleTable({ label, columns, rows, canStack = false }: SimpleTableProps) {
  const table = (
    <table className={classes['table']} aria-label={label}>
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
            {row.cells.map((cell, index) => (
              <td
                key={columns[index]?.id ?? index}
                data-align={columns[index]?.align}
                data-column={columns[index]?.header}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return canStack ? <div className={classes['stacking']}>{table}</div> : table;
}
