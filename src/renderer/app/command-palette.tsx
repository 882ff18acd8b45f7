import { Spotlight, spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconAddressBook,
  IconFileInvoice,
  IconPackage,
  IconPlus,
  IconSearch,
  IconShoppingCart,
} from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useApiQuery } from './api';

/**
 * Opens the command palette. Its field has the focus when this returns: the keys that follow may
 * already be on their way, and before the next frame they would be shortcuts of the page.
 */
export function openCommandPalette(): void {
  flushSync(() => spotlight.open());
  document.querySelector<HTMLElement>('[data-palette]')?.focus();
}

const COMMANDS = [
  { key: 'invoices.new', to: '/invoices/new', icon: 'new' },
  { key: 'orders.new', to: '/orders/new', icon: 'new' },
  { key: 'clients.new', to: '/clients/new', icon: 'new' },
  { key: 'products.new', to: '/products/new', icon: 'new' },
  { key: 'nav.dashboard', to: '/', icon: 'go' },
  { key: 'nav.invoices', to: '/invoices', icon: 'go' },
  { key: 'nav.orders', to: '/orders', icon: 'go' },
  { key: 'nav.clients', to: '/clients', icon: 'go' },
  { key: 'nav.products', to: '/products', icon: 'go' },
  { key: 'nav.settings', to: '/settings', icon: 'go' },
  { key: 'imports.clients', to: '/import/clients', icon: 'go' },
  { key: 'imports.products', to: '/import/products', icon: 'go' },
  { key: 'imports.invoices', to: '/import/invoices', icon: 'go' },
  { key: 'settings.backups', to: '/settings/backups', icon: 'go' },
  { key: 'settings.report', to: '/settings/numbers', icon: 'go' },
] as const;

const ICON = { size: 16, stroke: 1.6 } as const;

/** Finds any record and any command by a few letters. */
export function CommandPalette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const typed = query.trim();
  const [text] = useDebouncedValue(typed, 80);
  const {
    data: found,
    isPlaceholderData,
    isPending,
  } = useApiQuery(
    'search.everything',
    { text: text === '' ? ' ' : text },
    { enabled: text !== '', keepPrevious: true, still: true },
  );
  const isCurrent = typed === '' || (typed === text && !isPending && !isPlaceholderData);
  const choice = useEnterChoice(isCurrent, found);
  const commands = COMMANDS.filter(({ key }) => t(key).toLowerCase().includes(typed.toLowerCase()));
  const records = typed === '' ? undefined : found;

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={(changed) => {
        choice.forget();
        setQuery(changed);
      }}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      centered={false}
      yOffset={90}
      size={640}
      // Stands there and goes in the same moment as the key, not some frames later.
      transitionProps={{ duration: 0 }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} stroke={1.6} />}
        data-palette
        data-autofocus
        onKeyDownCapture={choice.onKeyDown}
      />
      <Spotlight.ActionsList aria-label={t('palette.results')}>
        <Records
          label={t('nav.invoices')}
          records={records?.invoices}
          untitled={t('status.invoice.draft')}
          icon={<IconFileInvoice {...ICON} />}
          onOpen={(uid) => void navigate(`/invoices/${uid}`)}
        />
        <Records
          label={t('nav.clients')}
          records={records?.clients}
          icon={<IconAddressBook {...ICON} />}
          onOpen={(uid) => void navigate(`/clients/${uid}`)}
        />
        <Records
          label={t('nav.orders')}
          records={records?.orders}
          icon={<IconShoppingCart {...ICON} />}
          onOpen={(uid) => void navigate(`/orders/${uid}`)}
        />
        <Records
          label={t('nav.products')}
          records={records?.products}
          icon={<IconPackage {...ICON} />}
          onOpen={(uid) => void navigate(`/products/${uid}`)}
        />
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.commands')}>
            {commands.map(({ key, to, icon }) => (
              <Spotlight.Action
                key={key}
                label={t(key)}
                leftSection={
                  icon === 'new' ? <IconPlus {...ICON} /> : <span style={{ width: 16 }} />
                }
                onClick={() => void navigate(to, { flushSync: true })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {commands.length === 0 && isEmpty(records) && (
          <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface EnterChoice {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Something else is searched for: what was chosen or asked for before does not count. */
  readonly forget: () => void;
}

/**
 * Enter opens the first hit, which looks chosen, until the arrow keys choose another. Pressed before
 * the hits for what was typed are there, it opens the first of those, never one of an earlier text.
 */
function useEnterChoice(isCurrent: boolean, found: unknown): EnterChoice {
  const hasMoved = useRef(false);
  const isAwaited = useRef(false);
  useEffect(() => {
    if (!isCurrent) return;
    if (isAwaited.current) {
      isAwaited.current = false;
      openChosen();
    } else if (!hasMoved.current) {
      // The palette marks what was first as one typed; hits that came since stand above it.
      selectedActions().forEach((action) => action.removeAttribute('data-selected'));
    }
  }, [isCurrent, found]);
  return {
    onKeyDown: (event) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        hasMoved.current = true;
        isAwaited.current = false;
      } else if (event.key === 'Enter') {
        event.preventDefault();
        event.stopPropagation();
        if (isCurrent || hasMoved.current) openChosen();
        else isAwaited.current = true;
      }
    },
    forget: () => {
      hasMoved.current = false;
      isAwaited.current = false;
    },
  };
}

function openChosen(): void {
  const [selected] = selectedActions();
  const first = document.querySelector<HTMLElement>('.mantine-Spotlight-action');
  (selected ?? first)?.click();
}

function selectedActions(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.mantine-Spotlight-action[data-selected]')];
}

interface Found {
  readonly uid: string;
  readonly title: string;
  readonly detail: string;
}

interface RecordsProps {
  readonly label: string;
  readonly records: readonly Found[] | undefined;
  /** Stands for a title that is not given yet: a draft has no number. */
  readonly untitled?: string;
  readonly icon: ReactNode;
  readonly onOpen: (uid: string) => void;
}

function Records({ label, records, untitled = '', icon, onOpen }: RecordsProps) {
  if (!records || records.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={label}>
      {records.map((record) => (
        <Spotlight.Action
          key={record.uid}
          label={record.title === '' ? untitled : record.title}
          description={record.detail}
          leftSection={icon}
          onClick={() => onOpen(record.uid)}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

function isEmpty(records: Readonly<Record<string, readonly Found[]>> | undefined): boolean {
  return records === undefined || Object.values(records).every((found) => found.length === 0);
}
