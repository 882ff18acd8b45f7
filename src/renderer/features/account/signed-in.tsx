import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AccountState } from '../../../shared/contracts/app-api/account';
import { ErrorSummary } from '../../ui/error-summary';
import { showToast } from '../../ui/toasts';
import classes from './account-page.module.css';
import { SignOutDialog } from './sign-out-dialog';
import { UnprotectedWarning } from './unprotected-warning';
import { useAccountForm } from './use-account-form';

/** The account in use, how other devices see this one, and the way out. */
export function SignedIn({ account }: { readonly account: AccountState }) {
  const { t } = useTranslation();
  const [isLeaving, setLeaving] = useState(false);
  const form = useAccountForm({ name: account.deviceName });
  const rename = async (): Promise<void> => {
    const answer = await form.send('account.setDeviceName', form.values);
    if (answer !== null) showToast(t('account.deviceRenamed'));
  };
  return (
    <section>
      <dl className={classes['facts']}>
        <dt>{t('account.signedInAs')}</dt>
        <dd>
          {account.email}
          <Button variant="default" size="compact-sm" onClick={() => setLeaving(true)}>
            {t('account.signOut.open')}
          </Button>
        </dd>
        {account.cloud !== null && (
          <>
            <dt>{t('account.cloud.title')}</dt>
            <dd>{account.cloud.apiUrl}</dd>
          </>
        )}
      </dl>
      <UnprotectedWarning account={account} />
      <form
        noValidate
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <ErrorSummary messages={form.rest} />
        <div className={classes['withButton']}>
          <TextInput
            label={t('account.deviceName')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            description={t('account.deviceNameHint')}
            maxLength={100}
            autoComplete="off"
            {...form.field('name')}
          />
          <Button
            type="submit"
            variant="default"
            loading={form.isRunning}
            disabled={form.values.name === account.deviceName}
          >
            {t('account.rename')}
          </Button>
        </div>
      </form>
      <SignOutDialog isOpen={isLeaving} onClose={() => setLeaving(false)} />
    </section>
  );
}
