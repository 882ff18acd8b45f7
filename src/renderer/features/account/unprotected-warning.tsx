import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { AccountState } from '../../../shared/contracts/app-api/account';
import classes from './account-page.module.css';

/** Where the system offers no real encryption for the tokens, the app says so. */
export function UnprotectedWarning({ account }: { readonly account: AccountState }) {
  const { t } = useTranslation();
  if (account.areTokensProtected) return null;
  return (
    <p className={classes['warning']} role="note">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      {t('account.unprotected')}
    </p>
  );
}
