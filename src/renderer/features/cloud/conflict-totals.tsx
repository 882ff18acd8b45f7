import { useTranslation } from 'react-i18next';

import type { ConflictItem, DocumentTotal, Side } from '../../../shared/contracts/app-api/sync';
import { useApiQuery } from '../../app/api';
import { Money } from '../../ui/money';
import classes from './conflict-card.module.css';

interface ConflictTotalsProps {
  readonly conflict: ConflictItem;
  readonly totals: NonNullable<ConflictItem['totals']>;
  readonly sides: Readonly<Record<string, Side>>;
}

/** What the document comes to by either choice, and by some of each. */
export function ConflictTotals({ conflict, totals, sides }: ConflictTotalsProps) {
  const { t } = useTranslation();
  const isMixed = new Set(conflict.fields.map(({ path }) => sides[path] ?? 'theirs')).size > 1;
  const { data } = useApiQuery(
    'sync.choiceTotal',
    { id: conflict.id, choices: { ...sides } },
    { enabled: isMixed, keepPrevious: true },
  );
  const chosen = isMixed ? (data?.total ?? null) : null;
  return (
    <dl className={classes['totals']}>
      <dt>{t('cloud.conflicts.totalMine')}</dt>
      <dd>
        <Total total={totals.mine} />
      </dd>
      <dt>{t('cloud.conflicts.totalTheirs')}</dt>
      <dd>
        <Total total={totals.theirs} />
      </dd>
      {chosen !== null && (
        <>
          <dt>{t('cloud.conflicts.totalChosen')}</dt>
          <dd>
            <Total total={chosen} isStrong />
          </dd>
        </>
      )}
    </dl>
  );
}

interface TotalProps {
  readonly total: DocumentTotal;
  readonly isStrong?: boolean;
}

function Total({ total: { amount, currency }, isStrong = false }: TotalProps) {
  return <Money amount={amount} currency={currency} withCode isStrong={isStrong} />;
}
