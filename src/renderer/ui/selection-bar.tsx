import { Button, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { Action } from './action';
import type { CurrencySum } from './data-table-types';
import { Money } from './money';
import classes from './selection-bar.module.css';

interface SelectionBarProps {
  readonly count: number;
  /** Sum of what is selected, by currency. */
  readonly sums: readonly CurrencySum[];
  readonly actions: readonly Action[];
  readonly onClear: () => void;
}

/** What is selected, what it comes to, and what can be done with it. */
export function SelectionBar({ count, sums, actions, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  return (
    <div className={classes['bar']} role="region" aria-label={t('list.selection')}>
      <CloseButton size={24} aria-label={t('list.selectNone')} onClick={onClear} />
      <span className={classes['count']} aria-live="polite">
        {t('list.selected', { count })}
      </span>
      {sums.map((sum) => (
        <Money key={sum.currency} amount={sum.amount} currency={sum.currency} withCode isStrong />
      ))}
      <div className={classes['actions']}>
        {actions.map((action) => (
          <Button
            key={action.id}
            variant="default"
            size="compact-sm"
            leftSection={action.icon}
            disabled={action.isDisabled ?? false}
            onClick={action.onRun}
            {...(action.isDestructive ? { c: 'red' } : {})}
          >
            {action.label}
          </Button>
        ))}
      </div>
    </div>
  );
}
