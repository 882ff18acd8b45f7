import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { showToast } from '../../ui/toasts';
import { AccountFormView } from './account-form';
import { useAccountForm } from './use-account-form';

interface ResetFormProps {
  readonly email: string;
  readonly onDone: () => void;
  readonly onBack: () => void;
}

/** A new password, by the code that was mailed. */
export function ResetForm({ email, onDone, onBack }: ResetFormProps) {
  const { t } = useTranslation();
  const form = useAccountForm({ code: '', password: '' });
  const submit = async (): Promise<void> => {
    const answer = await form.send('account.resetPassword', { email, ...form.values });
    if (answer === null) return;
    showToast(t('account.reset.done'));
    onDone();
  };
  const resend = async (): Promise<void> => {
    const sent = await form.send('account.forgotPassword', { email });
    if (sent !== null) showToast(t('account.confirm.resent'));
  };
  return (
    <AccountFormView
      title={t('account.reset.title')}
      hint={t('account.reset.hint', { email })}
      rest={form.rest}
      isRunning={form.isRunning}
      submitLabel={t('account.reset.action')}
      onSubmit={() => void submit()}
      links={[
        { label: t('account.confirm.resend'), onClick: () => void resend() },
        { label: t('action.back'), onClick: onBack },
      ]}
    >
      <TextInput
        inputMode="numeric"
        autoComplete="one-time-code"
        label={t('account.code')}
        {...form.field('code')}
      />
      <PasswordInput
        autoComplete="new-password"
        label={t('account.newPassword')}
        description={t('account.passwordRule')}
        {...form.field('password')}
      />
    </AccountFormView>
  );
}
