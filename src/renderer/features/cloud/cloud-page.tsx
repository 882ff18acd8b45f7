import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { SyncStatus } from '../../../shared/contracts/app-api/sync';
import { useApiAction, useApiQuery } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { showError } from '../../ui/toasts';
import { AttentionList } from './attention-list';
import classes from './cloud-page.module.css';
import { shownPhase } from './shown-phase';
import { SyncIcon } from './sync-icon';
import { TransferBar } from './transfer-bar';
import { useStatusText } from './use-status-text';
import { WaitingList } from './waiting-list';

/** How this machine and the cloud stand: what needs a person, what waits, what is on its way. */
export function CloudPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: status } = useApiQuery('sync.status', {});
  const text = useStatusText(status);
  const now = useApiAction('sync.now');
  const pause = useApiAction('sync.pause');
  const summary = useRef<HTMLElement>(null);
  if (status === undefined) return null;
  const isPaused = status.phase === 'paused';
  const run = async (): Promise<void> => {
    const result = await (isPaused ? pause.run({ paused: false }) : now.run({}));
    if (!result.ok) describeError(t, result.error, formats).forEach(showError);
  };
  return (
    <>
      <PageHeader
        title={t('cloud.title')}
        secondary={
          status.phase !== 'off' && (
            <Button component={Link} to="/cloud/diagnostics" variant="default">
              {t('cloud.diagnostics.open')}
            </Button>
          )
        }
        primary={
          <PrimaryAction status={status} isRunning={now.isRunning} onRun={() => void run()} />
        }
      />
      <div className={page['scroll']}>
        <div className={classes['page']}>
          <section
            ref={summary}
            tabIndex={-1}
            className={classes['summary']}
            aria-label={t('cloud.summary')}
          >
            <p className={classes['status']}>
              <SyncIcon status={status} />
              {text}
            </p>
            <p className={classes['quiet']}>{explanationOf(status)}</p>
            {status.retryAt !== null && (
              <p className={classes['quiet']}>
                {t('cloud.retryAt', { time: formats.time(status.retryAt) })}
              </p>
            )}
            {status.lastSyncAt !== null && (
              <p className={classes['quiet']}>
                {t('cloud.lastSync', { time: formats.instant(status.lastSyncAt) })}
              </p>
            )}
            {status.transfer !== null && <TransferBar transfer={status.transfer} />}
          </section>
          <AttentionList onSettled={() => summary.current?.focus()} />
          {status.phase !== 'off' && <WaitingList />}
        </div>
      </div>
    </>
  );

  function explanationOf(of: SyncStatus): string {
    const phase = shownPhase(of);
    const isWell = phase === 'idle' || phase === 'syncing' || phase === 'off';
    return t(isWell && of.attention > 0 ? 'cloud.explain.attention' : `cloud.explain.${phase}`);
  }
}

interface PrimaryActionProps {
  readonly status: SyncStatus;
  readonly isRunning: boolean;
  readonly onRun: () => void;
}

/** What leads to the page of the account is called. */
const TO_ACCOUNT = {
  off: 'cloud.toAccount',
  sign_in_needed: 'account.signIn.action',
  no_access: 'settings.account',
} as const;

/** The one thing to do next. */
function PrimaryAction({ status, isRunning, onRun }: PrimaryActionProps) {
  const { t } = useTranslation();
  switch (status.phase) {
    case 'off':
    case 'sign_in_needed':
    case 'no_access':
      return (
        <Button component={Link} to="/settings/account">
          {t(TO_ACCOUNT[status.phase])}
        </Button>
      );
    case 'update_required':
      return null;
    case 'paused':
      return (
        <Button loading={isRunning} onClick={onRun}>
          {t('cloud.goOn')}
        </Button>
      );
    case 'idle':
    case 'syncing':
    case 'offline':
    case 'cloud_problem':
    case 'cloud_outdated':
    case 'app_problem':
      return (
        <Button
          // What needs a person comes first, with primary buttons of its own.
          variant={status.attention > 0 ? 'default' : 'filled'}
          leftSection={<IconRefresh size={15} stroke={1.8} />}
          loading={isRunning}
          onClick={onRun}
        >
          {t('cloud.syncNow')}
        </Button>
      );
  }
}
