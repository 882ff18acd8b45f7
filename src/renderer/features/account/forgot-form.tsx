import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { AccountFormView } from './account-form';
import { useAccountForm } from './use-account-form';

interface ForgotFormProps {
  readonly email: string;
  readonly onSent: (email: string) => void;
  readonly onBack: () => void;
}

/** Asks for a code; the answer never tells whether there is such an account. */
export function ForgotForm({ email: initial, onSent, onBack }: ForgotFormProps) {
  const { t } = useTranslation();
  const form = useAccountForm({ email: initial });
  const submit = async (): Promise<void> => {
    const email = form.values.email.trim();
    const answer = await form.send('account.forgotPassword', { email });
    if (answer !== null) onSent(email);
  };
  return (
    <AccountFormView
      title={t('account.forgot.title')}
      hint={t('account.forgot.hint')}
      rest={form.rest}
      isRunning={form.isRunning}
      submitLabel={t('account.forgot.action')}
      onSubmit={() => void submit()}
      links={[{ label: t('action.back'), onClick: onBack }]}
    >
      <TextInput
        type="email"
        autoComplete="username"
        label={t('account.email')}
        {...form.field('email')}
      />
    </AccountFormView>
  );
}
