import { useTranslation } from 'react-i18next';

import { useApiQuery } from '../../app/api';
import { useFormats } from '../../ui/formats-context';
import { SimpleTable } from '../../ui/simple-table';
import classes from './cloud-page.module.css';
import { RecordName } from './record-name';

const SHOWN = 50;

/** Changes that the cloud has not been told, and what each waits for. */
export function WaitingList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data } = useApiQuery('sync.waiting', { limit: SHOWN }, { keepPrevious: true });
  if (data === undefined || data.total === 0) return null;
  const more = data.total - data.items.length;
  return (
    <section>
      <h2 className={classes['heading']}>
        {t('cloud.waiting.title', { count: data.total, shown: formats.count(data.total) })}
      </h2>
      <SimpleTable
        label={t('cloud.waiting.label')}
        canStack
        columns={[
          { id: 'what', header: t('cloud.waiting.what'), isRowHeader: true },
          { id: 'kind', header: t('cloud.waiting.kind') },
          { id: 'change', header: t('cloud.waiting.change') },
          { id: 'at', header: t('cloud.waiting.since') },
          { id: 'why', header: t('cloud.waiting.for') },
        ]}
        rows={data.items.map((item) => ({
          key: String(item.id),
          cells: [
            <RecordName key="title" record={item} isPlain />,
            t(`cloud.record.${item.collection}`),
            t(`cloud.change.${item.kind}`),
            formats.instant(item.at),
            t(`cloud.waitsFor.${item.waitsFor}`),
          ],
        }))}
      />
      {more > 0 && (
        <p className={classes['quiet']}>
          {t('cloud.waiting.more', { count: more, shown: formats.count(more) })}
        </p>
      )}
    </section>
  );
}
