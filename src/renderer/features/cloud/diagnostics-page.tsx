import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { TransferRate } from '../../../shared/contracts/app-api/sync';
import { useApiAction, useApiQuery } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { SimpleTable } from '../../ui/simple-table';
import { showError, showToast } from '../../ui/toasts';
import classes from './diagnostics-page.module.css';
import { TransferBar } from './transfer-bar';

/** The technical side, for support: where every collection stands, and the log. */
export function DiagnosticsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data } = useApiQuery('sync.diagnostics', {}, { keepPrevious: true });
  const { data: status } = useApiQuery('sync.status', {});
  const pause = useApiAction('sync.pause');
  const isPaused = status?.phase === 'paused';
  const transfer = status?.transfer ?? null;
  if (data === undefined) return null;

  const setPaused = async (paused: boolean): Promise<void> => {
    const result = await pause.run({ paused });
    if (!result.ok) describeError(t, result.error, formats).forEach(showError);
  };
  const rateText = (rate: TransferRate | null): string =>
    rate === null
      ? t('cloud.diagnostics.noRate')
      : t('cloud.rate', {
          records: formats.count(Math.round(rate.recordsPerSecond)),
          bytes: formats.bytes(rate.bytesPerSecond),
        });
  const logText = data.log.map(({ at, text }) => `${at} ${text}`).join('\n');
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(logText);
    showToast(t('cloud.diagnostics.copied'));
  };
  return (
    <>
      <PageHeader
        title={t('cloud.diagnostics.title')}
        parent={{ label: t('cloud.title'), to: '/cloud' }}
        secondary={
          <Button variant="default" onClick={() => void copy()}>
            {t('cloud.diagnostics.copy')}
          </Button>
        }
        primary={
          <Button loading={pause.isRunning} onClick={() => void setPaused(!isPaused)}>
            {t(isPaused ? 'cloud.goOn' : 'cloud.diagnostics.pause')}
          </Button>
        }
      />
      <div className={page['scroll']}>
        <dl className={classes['facts']}>
          <dt>{t('cloud.diagnostics.device')}</dt>
          <dd>{data.device.name}</dd>
          <dt>{t('cloud.diagnostics.deviceId')}</dt>
          <dd>{data.device.uid}</dd>
          <dt>{t('cloud.diagnostics.letter')}</dt>
          <dd>
            {data.device.letter === '' ? t('cloud.diagnostics.noLetter') : data.device.letter}
          </dd>
          <dt>{t('cloud.diagnostics.protocol')}</dt>
          <dd>{data.protocol}</dd>
          <dt>{t('cloud.diagnostics.lastUp')}</dt>
          <dd>{rateText(data.rates.up)}</dd>
          <dt>{t('cloud.diagnostics.lastDown')}</dt>
          <dd>{rateText(data.rates.down)}</dd>
        </dl>
        {transfer !== null && <TransferBar transfer={transfer} />}
        <SimpleTable
          label={t('cloud.diagnostics.collections')}
          canStack
          columns={[
            { id: 'name', header: t('cloud.diagnostics.collection'), isRowHeader: true },
            { id: 'cursor', header: t('cloud.diagnostics.cursor'), align: 'end' },
            { id: 'head', header: t('cloud.diagnostics.head'), align: 'end' },
            { id: 'waiting', header: t('cloud.diagnostics.waiting'), align: 'end' },
            { id: 'sequence', header: t('cloud.diagnostics.sequence'), align: 'end' },
            { id: 'epoch', header: t('cloud.diagnostics.epoch') },
          ]}
          rows={data.collections.map((one) => ({
            key: one.collection,
            cells: [
              t(`cloud.collection.${one.collection}`),
              formats.count(one.cursor),
              one.head === null ? '' : formats.count(one.head),
              formats.count(one.waiting),
              formats.count(one.sequence),
              one.epoch?.slice(0, 8) ?? '',
            ],
          }))}
        />
        <h2 className={classes['heading']}>{t('cloud.diagnostics.log')}</h2>
        {/* Scrollable, so that it has to be reachable by keyboard. */}
        <pre
          className={classes['log']}
          role="region"
          aria-label={t('cloud.diagnostics.log')}
          tabIndex={0}
        >
          {logText === '' ? t('cloud.diagnostics.noLog') : logText}
        </pre>
      </div>
    </>
  );
}
