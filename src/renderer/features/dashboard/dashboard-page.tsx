import { Button, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import type { Dashboard } from '../../../shared/contracts/app-api/reports';
import { useApiQuery } from '../../app/api';
import { useBusiness } from '../../app/business-context';
import { EmptyState } from '../../ui/empty-state';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { CurrencySection } from './currency-section';
import classes from './dashboard.module.css';
import { showInvoices, showOrders } from './show-documents';

/** Where the business stands, by currency; each figure leads to the documents behind it. */
export function DashboardPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const business = useBusiness();
  const { data: dashboard } = useApiQuery('reports.dashboard', {});
  const { data: clients } = useApiQuery('clients.count', {});
  if (!dashboard || !clients) return <PageHeader title={t('nav.dashboard')} />;
  const isEmpty = dashboard.currencies.length === 0 && dashboard.draftCount === 0;
  const currencies = [...dashboard.currencies].sort(
    (a, b) => Number(b.currency === business.currency) - Number(a.currency === business.currency),
  );
  return (
    <>
      <PageHeader
        title={t('nav.dashboard')}
        primary={
          <Button onClick={() => void navigate('/invoices/new')}>{t('invoices.new')}</Button>
        }
      />
      {isEmpty ? (
        <NothingYet hasClients={clients.count > 0} />
      ) : (
        <div className={page['scroll']}>
          <Counts dashboard={dashboard} />
          {currencies.map((figures) => (
            <CurrencySection key={figures.currency} figures={figures} />
          ))}
        </div>
      )}
    </>
  );
}

/** A business without documents: the next step, and the ways to it. */
function NothingYet({ hasClients }: { readonly hasClients: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      text={hasClients ? t('dashboard.noInvoices') : t('dashboard.empty')}
      action={
        hasClients ? (
          <Button variant="default" onClick={() => void navigate('/import/invoices')}>
            {t('imports.invoices')}
          </Button>
        ) : (
          <div className={classes['start']}>
            <Button variant="default" onClick={() => void navigate('/clients/new')}>
              {t('clients.new')}
            </Button>
            <Link to="/settings/import">{t('dashboard.orImport')}</Link>
          </div>
        )
      }
    />
  );
}

/** What waits to be done, in numbers. */
function Counts({ dashboard }: { readonly dashboard: Dashboard }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const counts = [
    {
      id: 'drafts',
      count: dashboard.draftCount,
      to: '/invoices',
      show: () => showInvoices({ statuses: ['draft'] }),
    },
    {
      id: 'overdueInvoices',
      count: dashboard.overdueCount,
      to: '/invoices',
      show: () => showInvoices({ statuses: ['overdue'] }),
    },
    {
      id: 'openOrders',
      count: dashboard.openOrderCount,
      to: '/orders',
      show: () => showOrders(['pending', 'processing']),
    },
  ] as const;
  return (
    <ul className={classes['counts']}>
      {counts.map(({ id, count, to, show }) => (
        <li key={id}>
          <UnstyledButton
            onClick={() => {
              show();
              void navigate(to);
            }}
          >
            {t(`dashboard.${id}`, { count, shown: formats.count(count) })}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
