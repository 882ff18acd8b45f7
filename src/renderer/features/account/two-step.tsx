import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { confirm } from '../../ui/confirm';
import { useFormats } from '../../ui/formats-context';
import { StatusBadge } from '../../ui/status-badge';
import { showError, showToast } from '../../ui/toasts';
import classes from './account-page.module.css';
import { TwoStepDialog } from './two-step-dialog';

/** Whether signing in asks for the code of an authenticator app as well. */
export function TwoStep() {
  const { t } = useTranslation();
  const formats = useFormats();
  const state = useApiQuery('account.twoStep', {}, { fresh: true, still: true });
  const [isSettingUp, setSettingUp] = useState(false);
  const isOn = state.data?.isOn ?? false;
  const isUnknown = state.isError && state.data === undefined;
  const hint = isUnknown
    ? 'account.twoStep.unknown'
    : isOn
      ? 'account.twoStep.hintOn'
      : 'account.twoStep.hint';

  const stop = async (): Promise<void> => {
    const isSure = await confirm({
      title: t('account.twoStep.stopTitle'),
      body: t('account.twoStep.stopBody'),
      confirmLabel: t('account.twoStep.stop'),
      cancelLabel: t('action.cancel'),
      isDestructive: true,
    });
    if (!isSure) return;
    const stopped = await bridge.call('account.stopTwoStep', {});
    if (!stopped.ok) return describeError(t, stopped.error, formats).forEach(showError);
    await state.refetch();
    showToast(t('account.twoStep.stopped'));
  };
  const finish = async (): Promise<void> => {
    setSettingUp(false);
    await state.refetch();
    showToast(t('account.twoStep.finished'));
  };

  return (
    <section className={classes['form']} aria-label={t('account.twoStep.title')}>
      <h2 className={classes['heading']}>{t('account.twoStep.title')}</h2>
      <p className={classes['hint']}>{t(hint)}</p>
      {state.data !== undefined && (
        <div className={classes['twoStep']}>
          {isOn && (
            <StatusBadge
              tone="good"
              icon={<IconShieldCheck size={15} stroke={1.8} />}
              label={t('account.twoStep.on')}
            />
          )}
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => (isOn ? void stop() : setSettingUp(true))}
          >
            {t(isOn ? 'account.twoStep.stopOpen' : 'account.twoStep.start')}
          </Button>
        </div>
      )}
      <TwoStepDialog
        isOpen={isSettingUp}
        onClose={() => setSettingUp(false)}
        onFinished={() => void finish()}
      />
    </section>
  );
}
