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
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useApiQuery } from './api';

/** Opens the command palette. */
export function openCommandPalette(): void {
  spotlight.open();
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
  const { data: found } = useApiQuery(
    'search.everything',
    { text: text === '' ? ' ' : text },
    { enabled: text !== '', keepPrevious: true },
  );
  const commands = COMMANDS.filter(({ key }) => t(key).toLowerCase().includes(typed.toLowerCase()));
  const records = typed === '' ? undefined : found;

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      centered={false}
      yOffset={90}
      size={640}
      onSpotlightOpen={() => setQuery('')}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={18} stroke={1.6} />}
        onKeyDown={openFirst}
      />
      <Spotlight.ActionsList aria-label={t('palette.results')}>
        <Records
          label={t('nav.invoices')}
          records={records?.invoices}
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
                onClick={() => void navigate(to)}
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

/** Enter opens the first hit, which looks chosen, until the arrow keys choose another. */
function openFirst(event: KeyboardEvent): void {
  if (event.key !== 'Enter') return;
  const actions = document.querySelectorAll<HTMLElement>('.mantine-Spotlight-action');
  if ([...actions].some((action) => action.dataset['selected'] !== undefined)) return;
  event.preventDefault();
  actions[0]?.click();
}

interface Found {
  readonly uid: string;
  readonly title: string;
  readonly detail: string;
}

interface RecordsProps {
  readonly label: string;
  readonly records: readonly Found[] | undefined;
  readonly icon: ReactNode;
  readonly onOpen: (uid: string) => void;
}

function Records({ label, records, icon, onOpen }: RecordsProps) {
  if (!records || records.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={label}>
      {records.map((record) => (
        <Spotlight.Action
          key={record.uid}
          label={record.title}
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
