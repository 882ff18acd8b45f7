import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AccountState } from '../../../shared/contracts/app-api/account';
import { ErrorSummary } from '../../ui/error-summary';
import { showToast } from '../../ui/toasts';
import classes from './account-page.module.css';
import { SignOutDialog } from './sign-out-dialog';
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
        <dd>{account.email}</dd>
      </dl>
      {!account.areTokensProtected && <p className={classes['hint']}>{t('account.unprotected')}</p>}
      <form
        noValidate
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <ErrorSummary messages={form.rest} />
        <TextInput
          label={t('account.deviceName')}
          description={t('account.deviceNameHint')}
          maxLength={100}
          autoComplete="off"
          {...form.field('name')}
        />
        <div className={classes['actions']} style={{ marginBlockStart: 12 }}>
          <Button type="submit" variant="default" loading={form.isRunning}>
            {t('account.rename')}
          </Button>
          <Button variant="default" onClick={() => setLeaving(true)}>
            {t('account.signOut.open')}
          </Button>
        </div>
      </form>
      <SignOutDialog isOpen={isLeaving} onClose={() => setLeaving(false)} />
    </section>
  );
}
