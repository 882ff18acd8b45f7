import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';

import classes from './settings-frame.module.css';

const SECTIONS = [
  ['business', 'settings.business'],
  ['bank-accounts', 'settings.bankAccounts'],
  ['tax-codes', 'settings.taxCodes'],
  ['numbers', 'settings.numbers'],
  ['documents', 'settings.documents'],
  ['import', 'settings.import'],
  ['backups', 'settings.backups'],
  ['account', 'settings.account'],
  ['language', 'settings.language'],
  ['about', 'settings.about'],
] as const;

/** All settings, one section at a time. */
export function SettingsFrame() {
  const { t } = useTranslation();
  return (
    <div className={classes['frame']}>
      <nav className={classes['nav']} aria-label={t('nav.settings')}>
        <ul>
          {SECTIONS.map(([to, key]) => (
            <li key={to}>
              <NavLink to={`/settings/${to}`} className={classes['link'] ?? ''}>
                {t(key)}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className={classes['section']}>
        <Outlet />
      </div>
    </div>
  );
}
