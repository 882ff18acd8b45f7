import { useTranslation } from 'react-i18next';

import type { ActivityEntry } from '../../shared/contracts/app-api/reports';
import { rootOf } from '../../shared/sync/field-paths';
import classes from './activity-list.module.css';
import { useFormats } from './formats-context';

/** What happened to a record: newest first, in words. */
export function ActivityList({ entries }: { readonly entries: readonly ActivityEntry[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ol className={classes['list']}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes['entry']}>
          <time dateTime={entry.at} className={classes['time']}>
            {formats.instant(entry.at)}
          </time>
          <span>
            {t(`activity.${entry.action}`)}
            {entry.action === 'edited' && entry.fields.length > 0 && (
              <span className={classes['fields']}>
                {': '}
                {[...new Set(entry.fields.map((field) => fieldWord(field)))].join(', ')}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );

  /** `address.city` is the address; a field without a word of its own is a detail. */
  function fieldWord(path: string): string {
    const field = rootOf(path.replace(/^content\./, ''));
    const word = t(`activityField.${field}` as 'activityField.name', { defaultValue: '' });
    return word === '' ? t('activityField.other') : word;
  }
}
