import { Button, Tabs } from '@mantine/core';
import { IconArchive, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';

import type { Client } from '../../../shared/domain/client';
import type { ClientUid } from '../../../shared/domain/ids';
import { clientUid } from '../../../shared/domain/ids';
import { useApiQuery } from '../../app/api';
import { ActivityList } from '../../ui/activity-list';
import { Figures } from '../../ui/figures';
import { Money } from '../../ui/money';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { StatusBadge } from '../../ui/status-badge';
import { RecordNotes } from '../cloud/record-notes';
import { ClientDetails } from './client-details';
import { ClientInvoices, ClientOrders } from './client-documents';
import classes from './client-page.module.css';
import { ClientPayments } from './client-payments';
import { useClientActions } from './use-client-actions';

const TABS = ['invoices', 'orders', 'payments', 'details', 'activity'] as const;
type Tab = (typeof TABS)[number];

/** One client: what is open, its documents and payments, its details and history. */
export function ClientPage() {
  const uid = clientUid.safeParse(useParams()['uid']);
  return uid.success ? <ClientOf uid={uid.data} /> : <Navigate to="/clients" replace />;
}

function ClientOf({ uid }: { readonly uid: ClientUid }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const actions = useClientActions();
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((candidate) => candidate === params.get('tab')) ?? 'invoices';
  const { data: client, isError } = useApiQuery('clients.get', { uid });
  if (isError) return <Navigate to="/clients" replace />;
  if (!client) return null;
  const isArchived = client.archivedAt !== null;
  const menu = actions
    .menu({ uid, name: client.name, isArchived }, () => void navigate('/clients'))
    .filter((action) => action.id !== 'edit');
  return (
    <>
      <PageHeader
        title={client.name}
        parent={{ label: t('nav.clients'), to: '/clients' }}
        beside={
          isArchived && (
            <StatusBadge
              label={t('list.archived')}
              tone="neutral"
              icon={<IconArchive size={15} stroke={1.8} />}
            />
          )
        }
        secondary={
          <Button variant="default" onClick={() => void navigate(`/clients/${uid}/edit`)}>
            {t('action.edit')}
          </Button>
        }
        menu={menu}
        primary={
          <Button
            leftSection={<IconPlus size={15} stroke={2} />}
            onClick={() => void navigate(`/invoices/new?client=${uid}`)}
          >
            {t('invoices.new')}
          </Button>
        }
      />
      <div className={classes['notes']}>
        <RecordNotes uid={uid} />
      </div>
      <ClientFigures client={client} />
      <Tabs
        value={tab}
        onChange={(next) => setParams({ tab: next ?? 'invoices' }, { replace: true })}
        className={classes['tabs'] ?? ''}
        classNames={{ panel: classes['panel'] ?? '', list: classes['tabList'] ?? '' }}
      >
        <Tabs.List>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`clients.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((name) => (
          <Tabs.Panel key={name} value={name}>
            {name === tab && <TabBody tab={name} client={client} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}

function TabBody({ tab, client }: { readonly tab: Tab; readonly client: Client }) {
  switch (tab) {
    case 'invoices':
      return <ClientInvoices uid={client.uid} />;
    case 'orders':
      return <ClientOrders uid={client.uid} />;
    case 'payments':
      return <ClientPayments uid={client.uid} />;
    case 'details':
      return <ClientDetails client={client} />;
    case 'activity':
      return <ClientActivity uid={client.uid} />;
  }
}

/** What was invoiced, what is open and what is late, by currency. */
function ClientFigures({ client }: { readonly client: Client }) {
  const { t } = useTranslation();
  const { data: summary } = useApiQuery('clients.summary', { uid: client.uid });
  if (!summary || summary.currencies.length === 0) return <div className={classes['figures']} />;
  return (
    <div className={classes['figures']}>
      {summary.currencies.map((figures) => (
        <Figures
          key={figures.currency}
          figures={(['balance', 'overdue', 'invoiced'] as const).map((id) => ({
            id,
            label: t(`clients.${id}`),
            value: <Money amount={figures[id]} currency={figures.currency} withCode />,
          }))}
        />
      ))}
    </div>
  );
}

function ClientActivity({ uid }: { readonly uid: ClientUid }) {
  const { data: entries = [] } = useApiQuery('activity.ofRecord', { collection: 'clients', uid });
  return (
    <div className={page['scroll']}>
      <ActivityList entries={entries} />
    </div>
  );
}
