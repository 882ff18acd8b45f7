import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import { queryKey, useApiAction, useApiQuery } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { queryClient } from '../../app/query-client';
import { confirm } from '../../ui/confirm';
import { EmptyState } from '../../ui/empty-state';
import { useFormats } from '../../ui/formats-context';
import { forgetLists } from '../../ui/list-state';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { SimpleTable } from '../../ui/simple-table';
import { showError, showToast } from '../../ui/toasts';
import classes from './number-settings.module.css';

type Backup = MethodOutput<'backups.list'>[number];

/** Backups of the books on this machine, and the way back to one. */
export function BackupSettings() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: backups } = useApiQuery('backups.list', {});
  const create = useApiAction('backups.create');
  const restoring = useApiAction('backups.restore');

  const backUp = async (): Promise<void> => {
    const result = await create.run({});
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    await queryClient.invalidateQueries({ queryKey: queryKey('backups.list', {}) });
    showToast(t('backups.made', { time: formats.instant(result.value.at) }));
  };

  const restore = async (backup: Backup): Promise<void> => {
    const time = formats.instant(backup.at);
    const isSure = await confirm({
      title: t('backups.restoreTitle', { time }),
      body: t('backups.restoreBody'),
      confirmLabel: t('backups.restoreConfirm', { time }),
      cancelLabel: t('action.cancel'),
      isDestructive: true,
    });
    if (!isSure) return;
    const result = await restoring.run({ id: backup.id });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    forgetLists();
    await queryClient.resetQueries();
    showToast(t('backups.restored', { time, count: result.value.broughtBack }));
  };

  return (
    <>
      <PageHeader
        title={t('settings.backups')}
        primary={
          <Button loading={create.isRunning} onClick={() => void backUp()}>
            {t('backups.now')}
          </Button>
        }
      />
      <div className={page['scroll']}>
        <p className={classes['hint']}>{t('backups.hint')}</p>
        {backups?.length === 0 && <EmptyState text={t('backups.none')} />}
        {backups !== undefined && backups.length > 0 && (
          <SimpleTable
            label={t('settings.backups')}
            columns={[
              { id: 'at', header: t('backups.time') },
              { id: 'kind', header: t('backups.kind') },
              { id: 'size', header: t('backups.size'), align: 'end' },
              { id: 'restore', header: '', width: 110 },
            ]}
            rows={backups.map((backup) => ({
              key: backup.id,
              cells: [
                formats.instant(backup.at),
                t(`backups.kinds.${backup.kind}`),
                formats.bytes(backup.sizeBytes),
                <Button
                  key="restore"
                  variant="subtle"
                  size="compact-sm"
                  disabled={restoring.isRunning}
                  aria-label={t('backups.restoreOf', { time: formats.instant(backup.at) })}
                  onClick={() => void restore(backup)}
                >
                  {t('backups.restoreDots')}
                </Button>,
              ],
            }))}
          />
        )}
      </div>
    </>
  );
}
