import type { ReactNode } from 'react';

import classes from './status-badge.module.css';

export type StatusTone = 'neutral' | 'open' | 'good' | 'warning' | 'bad';

interface StatusBadgeProps {
  /** The word; the same in lists, pages and filters. */
  readonly label: string;
  readonly tone: StatusTone;
  /** A shape of its own, so that the status never hangs on colour alone. */
  readonly icon: ReactNode;
}

/** A status: a word and a shape. Colour only helps. */
export function StatusBadge({ label, tone, icon }: StatusBadgeProps) {
  return (
    <span className={classes['badge']} data-tone={tone}>
      <span className={classes['icon']} aria-hidden>
        {icon}
      </span>
      <span className={classes['label']}>{label}</span>
    </span>
  );
}
