import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { BankAccount, Business } from '../../../shared/domain/business';
import { newUid } from '../../../shared/domain/ids';
import { useBusiness } from '../../app/business-context';
import { FormSection } from '../../ui/form-section';
import page from '../../ui/page.module.css';
import { BankAccountFields, bankDetailsOf, bankKindFor } from './bank-account-fields';
import classes from './bank-settings.module.css';
import { SettingsForm } from './settings-form';

/** Where clients pay to: an account for each currency. */
export function BankSettings() {
  const { t } = useTranslation();
  const business = useBusiness();
  return (
    <SettingsForm title={t('settings.bankAccounts')} id="bank" keys={['bankAccounts']}>
      {(form) => {
        const accounts = form.values.bankAccounts;
        const replace = (index: number, account: BankAccount): void =>
          form.set({ bankAccounts: accounts.map((other, at) => (at === index ? account : other)) });
        return (
          <div className={classes['accounts']}>
            {accounts.length === 0 && <p className={classes['hint']}>{t('bank.none')}</p>}
            {accounts.map((account, index) => (
              <FormSection key={account.uid} title={account.label || t('bank.new')}>
                <BankAccountFields
                  value={account}
                  onChange={(changed) => replace(index, changed)}
                  error={(field) => form.error(`bankAccounts.${index}.${field}`)}
                />
                <div>
                  <Button
                    variant="subtle"
                    color="red"
                    onClick={() =>
                      form.set({ bankAccounts: accounts.filter((_, at) => at !== index) })
                    }
                  >
                    {t('bank.remove', { name: account.label || t('bank.new') })}
                  </Button>
                </div>
              </FormSection>
            ))}
            <div className={page['column']}>
              <div>
                <Button
                  variant="default"
                  leftSection={<IconPlus size={15} stroke={2} />}
                  onClick={() => form.set({ bankAccounts: [...accounts, newAccount(business)] })}
                >
                  {t('bank.add')}
                </Button>
              </div>
            </div>
          </div>
        );
      }}
    </SettingsForm>
  );
}

function newAccount(business: Business): BankAccount {
  const details = bankDetailsOf(bankKindFor(business.address.country), null);
  return {
    uid: newUid<BankAccount['uid']>(),
    label: '',
    currency: business.currency,
    details: { ...details, holder: business.legalName || business.name },
  };
}
