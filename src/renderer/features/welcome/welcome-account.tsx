import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useApiQuery } from '../../app/api';
import { AccountBusinesses } from '../account/account-businesses';
import { CloudAddress } from '../account/cloud-address';
import { SignedIn } from '../account/signed-in';
import { SignedOut } from '../account/signed-out';
import classes from './welcome-screen.module.css';

/** First start on another computer: the books are in an account already. */
export function WelcomeAccount({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const { data: account } = useApiQuery('account.state', {});
  if (account === undefined) return null;
  return (
    <div className={classes['account']}>
      {account.kind === 'signed_in' ? (
        <>
          <AccountBusinesses />
          <SignedIn account={account} />
        </>
      ) : (
        <>
          <SignedOut account={account} />
          <CloudAddress account={account} />
        </>
      )}
      <Anchor component="button" type="button" ta="start" onClick={onBack}>
        {t('welcome.newBusiness')}
      </Anchor>
    </div>
  );
}
