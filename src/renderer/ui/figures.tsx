import type { ReactNode } from 'react';

import classes from './figures.module.css';

export interface Figure {
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
}

/** A row of figures with their names: no boxes, the numbers speak. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className={classes['figures']}>
      {figures.map((figure) => (
        <div key={figure.id} className={classes['figure']}>
          <dt>{figure.label}</dt>
          <dd>{figure.value}</dd>
        </div>
      ))}
    </dl>
  );
}
