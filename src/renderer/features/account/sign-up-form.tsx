import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { AccountFormView } from './account-form';
import { useAccountForm } from './use-account-form';

interface SignUpFormProps {
  readonly email: string;
  readonly onRegistered: (email: string, password: string) => void;
  readonly onBack: (email: string) => void;
}

export function SignUpForm({ email: initial, onRegistered, onBack }: SignUpFormProps) {
  const { t } = useTranslation();
  const form = useAccountForm({ name: '', email: initial, password: '' });
  const submit = async (): Promise<void> => {
    const { name, password } = form.values;
    const email = form.values.email.trim();
    const answer = await form.send('account.signUp', { name, email, password });
    if (answer !== null) onRegistered(email, password);
  };
  return (
    <AccountFormView
      title={t('account.signUp.title')}
      rest={form.rest}
      isRunning={form.isRunning}
      submitLabel={t('account.signUp.action')}
      onSubmit={() => void submit()}
      links={[
        {
          label: t('account.signUp.haveAccount'),
          onClick: () => onBack(form.values.email.trim()),
        },
      ]}
    >
      <TextInput autoComplete="name" label={t('account.name')} {...form.field('name')} />
      <TextInput
        type="email"
        autoComplete="username"
        label={t('account.email')}
        {...form.field('email')}
      />
      <PasswordInput
        autoComplete="new-password"
        label={t('account.password')}
        description={t('account.passwordRule')}
        {...form.field('password')}
      />
    </AccountFormView>
  );
}
