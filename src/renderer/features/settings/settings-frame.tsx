import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';

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
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where there is no room for all, they scroll sideways: the open one is in sight.
    const open = nav.current?.querySelector('[aria-current="page"]');
    open?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <div className={classes['frame']}>
      <nav ref={nav} className={classes['nav']} aria-label={t('nav.settings')}>
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
