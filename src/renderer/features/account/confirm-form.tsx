import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { showToast } from '../../ui/toasts';
import { AccountFormView } from './account-form';
import { useAccountForm } from './use-account-form';

interface ConfirmFormProps {
  readonly email: string;
  /** As just typed, so that confirming signs in at once. */
  readonly password: string;
  readonly onSignedIn: () => void;
  readonly onBack: () => void;
}

/** The code that was mailed to a new account. */
export function ConfirmForm({ email, password, onSignedIn, onBack }: ConfirmFormProps) {
  const { t } = useTranslation();
  const form = useAccountForm({ code: '' });
  const submit = async (): Promise<void> => {
    const confirmed = await form.send('account.confirm', { email, code: form.values.code });
    if (confirmed === null) return;
    const answer = await form.send('account.signIn', { email, password });
    if (answer?.kind === 'signed_in') onSignedIn();
    else onBack();
  };
  const resend = async (): Promise<void> => {
    const sent = await form.send('account.resendCode', { email });
    if (sent !== null) showToast(t('account.confirm.resent'));
  };
  return (
    <AccountFormView
      title={t('account.confirm.title')}
      hint={t('account.confirm.hint', { email })}
      rest={form.rest}
      isRunning={form.isRunning}
      submitLabel={t('account.confirm.action')}
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
    </AccountFormView>
  );
}
