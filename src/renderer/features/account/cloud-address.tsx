import { Anchor, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AccountState } from '../../../shared/contracts/app-api/account';
import { queryClient } from '../../app/query-client';
import { ErrorSummary } from '../../ui/error-summary';
import { showToast } from '../../ui/toasts';
import classes from './account-page.module.css';
import { useAccountForm } from './use-account-form';

/**
 * Which cloud this machine talks to; few ever have to know. Cannot change while an account is in
 * use.
 */
export function CloudAddress({ account }: { readonly account: AccountState }) {
  const { t } = useTranslation();
  const { cloud } = account;
  const isSetting = cloud?.source === 'setting';
  const [isOpen, setOpen] = useState(false);
  const form = useAccountForm({ apiUrl: isSetting ? cloud.apiUrl : '' });
  const save = async (): Promise<void> => {
    const apiUrl = form.values.apiUrl.trim();
    const answer = await form.send('account.setCloud', { apiUrl: apiUrl === '' ? null : apiUrl });
    if (answer === null) return;
    showToast(t('account.cloud.saved'));
    setOpen(false);
    await queryClient.invalidateQueries();
  };
  if (cloud !== null && !isOpen) {
    return (
      <Anchor component="button" type="button" ta="start" onClick={() => setOpen(true)}>
        {t('account.cloud.open')}
      </Anchor>
    );
  }
  return (
    <section>
      <h2 className={classes['heading']}>{t('account.cloud.title')}</h2>
      {cloud !== null && !isSetting && (
        <p className={classes['hint']}>
          {t(`account.cloud.from.${cloud.source}`, { url: cloud.apiUrl })}
        </p>
      )}
      <form
        noValidate
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ErrorSummary messages={form.rest} />
        <div className={classes['withButton']}>
          <TextInput
            type="url"
            label={t('account.cloud.address')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            description={t('account.cloud.hint')}
            autoComplete="off"
            {...form.field('apiUrl')}
          />
          <Button type="submit" variant="default" loading={form.isRunning}>
            {t('account.cloud.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
