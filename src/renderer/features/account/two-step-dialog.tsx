import { Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useApiQuery } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { Dialog } from '../../ui/dialog';
import { DialogActions } from '../../ui/dialog-actions';
import { ErrorSummary } from '../../ui/error-summary';
import { useFormats } from '../../ui/formats-context';
import { QrCode } from '../../ui/qr-code';
import classes from './account-page.module.css';
import { useAccountForm } from './use-account-form';

interface TwoStepDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onFinished: () => void;
}

/** Brings the account into an authenticator app, and has a first code of it typed. */
export function TwoStepDialog({ isOpen, onClose, onFinished }: TwoStepDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={isOpen} onClose={onClose} size={460} title={t('account.twoStep.title')}>
      <TwoStepForm onClose={onClose} onFinished={onFinished} />
    </Dialog>
  );
}

function TwoStepForm({ onClose, onFinished }: Omit<TwoStepDialogProps, 'isOpen'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  // A secret of its own each time: what was shown to somebody before is none any more.
  const started = useApiQuery('account.startTwoStep', {}, { fresh: true, still: true });
  const form = useAccountForm({ code: '' });
  const input = useRef<HTMLInputElement>(null);
  const hasError = form.field('code').error !== undefined;
  useEffect(() => {
    if (!form.isRunning) input.current?.focus();
  }, [form.isRunning, hasError, started.data]);
  const submit = async (): Promise<void> => {
    const done = await form.send('account.finishTwoStep', { code: form.values.code });
    if (done !== null) onFinished();
  };
  if (started.isError) {
    return <ErrorSummary messages={describeError(t, started.error.error, formats)} />;
  }
  if (started.data === undefined) return null;
  const { secret, address } = started.data;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap={12}>
        <ErrorSummary messages={form.rest} />
        <Text>{t('account.twoStep.scan')}</Text>
        <div className={classes['secret']}>
          <QrCode text={address} label={t('account.twoStep.code')} size={168} />
          <div>
            <div className="doc-label">{t('account.twoStep.byHand')}</div>
            <code className={classes['key']}>{inGroups(secret)}</code>
            <p className={classes['hint']}>{t('account.twoStep.keep')}</p>
          </div>
        </div>
        <TextInput
          ref={input}
          w={200}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          label={t('account.twoStep.first')}
          {...form.field('code')}
        />
        <DialogActions
          label={t('account.twoStep.finish')}
          isRunning={form.isRunning}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

/** Easier to type: four letters at a time. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/gu)?.join(' ') ?? secret;
}
