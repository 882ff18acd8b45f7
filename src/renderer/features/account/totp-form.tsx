import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { AccountFormView } from './account-form';
import { useAccountForm } from './use-account-form';

interface TotpFormProps {
  readonly onSignedIn: () => void;
  readonly onBack: () => void;
}

/** The second step of accounts with an authenticator app. */
export function TotpForm({ onSignedIn, onBack }: TotpFormProps) {
  const { t } = useTranslation();
  const form = useAccountForm({ code: '' });
  const submit = async (): Promise<void> => {
    const answer = await form.send('account.confirmSignIn', { code: form.values.code });
    if (answer?.kind === 'signed_in') onSignedIn();
  };
  return (
    <AccountFormView
      title={t('account.totp.title')}
      hint={t('account.totp.hint')}
      rest={form.rest}
      isRunning={form.isRunning}
      submitLabel={t('account.signIn.action')}
      onSubmit={() => void submit()}
      links={[{ label: t('action.back'), onClick: onBack }]}
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
