import { useEffect } from 'react';
import type { NavigateFunction } from 'react-router';
import { useLocation, useNavigate } from 'react-router';

import type { MenuCommand } from '../../shared/contracts/desktop-bridge';
import { bridge } from './bridge';
import { openCommandPalette } from './command-palette';
import { openShortcutHelp } from './shortcut-help';
import { isTyping, keepTypingForField } from './type-ahead';

/** Second key after `g`, as in many programs: where to go. */
const PLACES: Readonly<Record<string, string>> = {
  d: '/',
  i: '/invoices',
  o: '/orders',
  c: '/clients',
  p: '/products',
  s: '/settings',
};

/** Second key after `n`: what to begin. Ctrl+N and Ctrl+T belong to the browser. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  i: '/invoices/new',
  o: '/orders/new',
  c: '/clients/new',
  p: '/products/new',
};

const SEQUENCE_MS = 1_500;

/**
 * Keys that work on every page: Ctrl/Cmd+K searches, `/` goes to the list's search, `?` shows the
 * keys, `g` and `n` with a second key go and begin. Single keys do nothing while one types or while
 * a dialog is open.
 */
export function useAppShortcuts(): void {
  const navigate = useNavigate();
  const { key, pathname } = useLocation();
  // The page of something new begins with a field, as soon as it has read what it needs.
  useEffect(
    () =>
      pathname.endsWith('/new') && !isTyping(document.activeElement)
        ? keepTypingForField()
        : undefined,
    [key, pathname],
  );
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | null = null;
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openCommandPalette();
        return;
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return;
      const began = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
      first = null;
      const place =
        began === 'g' ? PLACES[event.key] : began === 'n' ? BEGINNINGS[event.key] : null;
      if (place !== null && place !== undefined) {
        event.preventDefault();
        void navigate(place, { flushSync: true });
      } else if (event.key === 'g' || event.key === 'n') {
        // When it was pressed, however long the page was busy before it heard of it.
        first = { key: event.key, at: event.timeStamp };
      } else if (event.key === '?') {
        event.preventDefault();
        openShortcutHelp();
      } else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-search]');
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);

  useEffect(() => bridge.onMenuCommand((command) => runMenuCommand(command, navigate)), [navigate]);
}

/** Carries out an entry of the desktop's menu. */
function runMenuCommand(command: MenuCommand, navigate: NavigateFunction): void {
  switch (command) {
    case 'new_invoice':
      return void navigate('/invoices/new');
    case 'new_order':
      return void navigate('/orders/new');
    case 'new_client':
      return void navigate('/clients/new');
    case 'new_product':
      return void navigate('/products/new');
    case 'import':
      return void navigate('/import');
    case 'find':
      return openCommandPalette();
    case 'settings':
      return void navigate('/settings');
    case 'shortcuts':
      return openShortcutHelp();
  }
}
