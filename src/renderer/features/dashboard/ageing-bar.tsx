import { useTranslation } from 'react-i18next';

import type { Dashboard } from '../../../shared/contracts/app-api/reports';
import { Money } from '../../ui/money';
import classes from './dashboard.module.css';

const BUCKETS = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90'] as const;

/** What is open by days past due: a table of amounts, each with its share as a bar. */
export function AgeingBar({ figures }: { readonly figures: Dashboard['currencies'][number] }) {
  const { t } = useTranslation();
  const { ageing, currency } = figures;
  const largest = Math.max(1, ...BUCKETS.map((bucket) => Math.abs(ageing[bucket])));
  return (
    <table className={classes['ageing']}>
      <caption>{t('dashboard.ageing')}</caption>
      <tbody>
        {BUCKETS.map((bucket) => (
          <tr key={bucket}>
            <th scope="row">{t(`dashboard.buckets.${bucket}`)}</th>
            <td className={classes['amount']}>
              <Money amount={ageing[bucket]} currency={currency} withCode={false} />
            </td>
            <td aria-hidden>
              <div
                className={classes['bar']}
                data-bucket={bucket}
                style={{ inlineSize: `${Math.max(0, (ageing[bucket] / largest) * 100)}%` }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
