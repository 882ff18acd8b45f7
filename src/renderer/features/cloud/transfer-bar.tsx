import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { SyncStatus } from '../../../shared/contracts/app-api/sync';
import { useFormats } from '../../ui/formats-context';
import classes from './transfer-bar.module.css';
import { percentOf } from './use-status-text';

/** How far an upload or a first loading is, and how fast. */
export function TransferBar({
  transfer,
}: {
  readonly transfer: NonNullable<SyncStatus['transfer']>;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const percent = percentOf(transfer);
  const label = t(`cloud.transfer.${transfer.direction}`, {
    what: t(`cloud.collection.${transfer.collection}`),
    done: formats.count(transfer.done),
    total: formats.count(transfer.total),
    records: formats.count(transfer.records),
    percent,
  });
  return (
    <div className={classes['transfer']}>
      <div className={classes['text']}>
        <span>{label}</span>
        <span>
          {t('cloud.rate', {
            records: formats.count(Math.round(transfer.recordsPerSecond)),
            bytes: formats.bytes(transfer.bytesPerSecond),
          })}
        </span>
      </div>
      <Progress value={percent} aria-label={label} />
    </div>
  );
}
