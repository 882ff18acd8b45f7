import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import classes from './empty-state.module.css';

interface EmptyStateProps {
  /** One sentence. */
  readonly text: string;
  /** One action. */
  readonly action?: ReactNode;
}

/** What an empty list says: one sentence, one action. */
export function EmptyState({ text, action }: EmptyStateProps) {
  return (
    <div className={classes['empty']}>
      <p className={classes['text']}>{text}</p>
      {action}
    </div>
  );
}

interface NoMatchProps {
  /** The filters in force, by name and value: `Search: "acme"`, `Status: Overdue`. */
  readonly filters: readonly string[];
  readonly onClear: () => void;
}

/** What a list says when its filters leave nothing: which they are, and the way out. */
export function NoMatch({ filters, onClear }: NoMatchProps) {
  const { t } = useTranslation();
  return (
    <div className={classes['empty']}>
      <p className={classes['text']}>{t('list.noMatch')}</p>
      <ul className={classes['filters']}>
        {filters.map((filter) => (
          <li key={filter}>{filter}</li>
        ))}
      </ul>
      <Button variant="default" onClick={onClear}>
        {t('list.clear')}
      </Button>
    </div>
  );
}
