import { useTranslation } from 'react-i18next';

import { useApiQuery } from '../../app/api';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import classes from './account-page.module.css';
import { AccountBusinesses } from './account-businesses';
import { CloudAddress } from './cloud-address';
import { SignedIn } from './signed-in';
import { SignedOut } from './signed-out';
import { TwoStep } from './two-step';

/** Whose account this machine uses, and what of it is here. */
export function AccountPage() {
  const { t } = useTranslation();
  const { data: account } = useApiQuery('account.state', {});
  if (account === undefined) return null;
  return (
    <>
      <PageHeader title={t('settings.account')} />
      <div className={page['scroll']}>
        <div className={classes['page']}>
          {account.kind === 'signed_in' ? (
            <>
              <SignedIn account={account} />
              <TwoStep />
              <AccountBusinesses />
            </>
          ) : (
            <>
              <SignedOut account={account} />
              <CloudAddress account={account} />
            </>
          )}
        </div>
      </div>
    </>
  );
}
