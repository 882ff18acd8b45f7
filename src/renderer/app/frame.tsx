import {
  IconAddressBook,
  IconFileInvoice,
  IconLayoutDashboard,
  IconPackage,
  IconSettings,
  IconShoppingCart,
} from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';

import { useBusiness } from './business-context';
import { BusinessSwitcher } from './business-switcher';
import { CommandPalette } from './command-palette';
import { FrameTools } from './frame-tools';
import classes from './frame.module.css';
import { useAppShortcuts } from './shortcuts';

const DESTINATIONS = [
  { to: '/', key: 'nav.dashboard', icon: IconLayoutDashboard },
  { to: '/invoices', key: 'nav.invoices', icon: IconFileInvoice },
  { to: '/orders', key: 'nav.orders', icon: IconShoppingCart },
  { to: '/clients', key: 'nav.clients', icon: IconAddressBook },
  { to: '/products', key: 'nav.products', icon: IconPackage },
  { to: '/settings', key: 'nav.settings', icon: IconSettings },
] as const;

/** What stays around every page: navigation, the business, search and help. */
export function Frame() {
  const { t } = useTranslation();
  const business = useBusiness();
  useAppShortcuts();
  return (
    <div className={classes['frame']}>
      <a
        className={classes['skip']}
        href="#main"
        onClick={(event) => {
          // The hash is the page's address; the focus moves without it.
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('nav.skip')}
      </a>
      <nav className={classes['nav']} aria-label={t('nav.label')}>
        <BusinessSwitcher />
        <ul className={classes['list']}>
          {DESTINATIONS.map(({ to, key, icon: Icon }) => (
            <li key={to}>
              <NavLink to={to} end={to === '/'} className={classes['link'] ?? ''}>
                <Icon size={17} stroke={1.6} aria-hidden />
                <span className="doc-wide-only">{t(key)}</span>
              </NavLink>
            </li>
          ))}
        </ul>
        <FrameTools />
      </nav>
      <main id="main" className={classes['main']} tabIndex={-1}>
        {business.isDemo && (
          <div className={classes['demo']} role="note">
            {t('demo.banner')}
          </div>
        )}
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <CommandPalette />
    </div>
  );
}
