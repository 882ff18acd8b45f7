import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { AccountFormView } from './account-form';
import { useAccountForm } from './use-account-form';

interface SignInFormProps {
  readonly email: string;
  readonly onSignedIn: () => void;
  readonly onTotp: (email: string) => void;
  readonly onConfirm: (email: string, password: string) => void;
  readonly onForgot: (email: string) => void;
  readonly onSignUp: (email: string) => void;
}

export function SignInForm(props: SignInFormProps) {
  const { t } = useTranslation();
  const form = useAccountForm({ email: props.email, password: '' });
  const submit = async (): Promise<void> => {
    const { email, password } = form.values;
    const answer = await form.send('account.signIn', { email: email.trim(), password });
    switch (answer?.kind) {
      case 'signed_in':
        return props.onSignedIn();
      case 'needs_totp':
        return props.onTotp(email.trim());
      case 'needs_confirmation':
        return props.onConfirm(email.trim(), password);
      case undefined:
        return;
    }
  };
  return (
    <AccountFormView
      title={t('account.signIn.title')}
      rest={form.rest}
      isRunning={form.isRunning}
      submitLabel={t('account.signIn.action')}
      onSubmit={() => void submit()}
      links={[
        {
          label: t('account.signIn.forgot'),
          onClick: () => props.onForgot(form.values.email.trim()),
        },
        {
          label: t('account.signIn.noAccount'),
          onClick: () => props.onSignUp(form.values.email.trim()),
        },
      ]}
    >
      <TextInput
        type="email"
        autoComplete="username"
        label={t('account.email')}
        {...form.field('email')}
      />
      <PasswordInput
        autoComplete="current-password"
        label={t('account.password')}
        {...form.field('password')}
      />
    </AccountFormView>
  );
}
