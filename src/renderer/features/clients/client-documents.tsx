import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { InvoiceRow } from '../../../shared/contracts/app-api/invoices';
import type { OrderRow } from '../../../shared/contracts/app-api/orders';
import type { ClientUid } from '../../../shared/domain/ids';
import { useApiQuery } from '../../app/api';
import { useApiPages } from '../../app/api-pages';
import { CurrencySums } from '../../ui/currency-sums';
import { DataTable } from '../../ui/data-table';
import type { DataColumn } from '../../ui/data-table-types';
import { EmptyState } from '../../ui/empty-state';
import { useFormats } from '../../ui/formats-context';
import { useListState } from '../../ui/list-state';
import { Money } from '../../ui/money';
import { InvoiceStatusBadge, OrderStatusBadge } from '../../ui/status/document-status';

const NO_FILTERS = {} as const;
const INVOICE_START = {
  filters: NO_FILTERS,
  sort: { by: 'issueDate', direction: 'desc' },
} as const;
const ORDER_START = { filters: NO_FILTERS, sort: { by: 'orderDate', direction: 'desc' } } as const;

interface OfClient {
  readonly uid: ClientUid;
}

/** Invoices and credit notes of one client, with what is open. */
export function ClientInvoices({ uid }: OfClient) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const list = useListState<typeof NO_FILTERS, InvoiceRow>(`client ${uid} invoices`, INVOICE_START);
  const page = useApiPages('invoices.list', {
    clientUid: uid,
    sort: {
      by: list.sort.by as 'issueDate' | 'dueDate' | 'number' | 'total' | 'balance',
      direction: list.sort.direction,
    },
  });
  const { data: totals } = useApiQuery('invoices.count', { clientUid: uid });
  const columns: readonly DataColumn<InvoiceRow>[] = [
    {
      id: 'number',
      header: t('document.number'),
      width: 'minmax(130px, 1fr)',
      sortBy: 'number',
      cell: (row) => row.number ?? t('status.invoice.draft'),
    },
    {
      id: 'issueDate',
      header: t('document.issueDate'),
      width: '120px',
      sortBy: 'issueDate',
      cell: (row) => formats.date(row.issueDate),
    },
    {
      id: 'dueDate',
      header: t('document.dueDate'),
      width: '120px',
      sortBy: 'dueDate',
      cell: (row) => formats.date(row.dueDate),
    },
    {
      id: 'status',
      header: t('document.status'),
      width: '130px',
      cell: (row) => <InvoiceStatusBadge status={row.status} />,
    },
    {
      id: 'total',
      header: t('document.total'),
      width: '150px',
      align: 'end',
      sortBy: 'total',
      cell: (row) => <Money amount={row.total} currency={row.currency} />,
      footer: totals && (
        <CurrencySums
          sums={totals.totals.map(({ currency, total }) => ({ currency, amount: total }))}
        />
      ),
    },
    {
      id: 'balance',
      header: t('clients.balance'),
      width: '150px',
      align: 'end',
      sortBy: 'balance',
      cell: (row) => <Money amount={row.balance} currency={row.currency} />,
      footer: totals && (
        <CurrencySums
          sums={totals.totals.map(({ currency, balance }) => ({ currency, amount: balance }))}
        />
      ),
    },
  ];
  return (
    <DataTable
      label={t('nav.invoices')}
      columns={columns}
      page={page}
      rowKey={(row) => row.uid}
      rowName={(row) => row.number ?? t('status.invoice.draft')}
      list={list}
      count={totals?.count ?? null}
      onOpen={(row) => void navigate(`/invoices/${row.uid}`)}
      footerLabel={
        totals &&
        t('clients.invoiceCount', { count: totals.count, shown: formats.count(totals.count) })
      }
      whenEmpty={<EmptyState text={t('clients.noInvoices')} />}
    />
  );
}

/** Orders of one client. */
export function ClientOrders({ uid }: OfClient) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const list = useListState<typeof NO_FILTERS, OrderRow>(`client ${uid} orders`, ORDER_START);
  const page = useApiPages('orders.list', {
    clientUid: uid,
    sort: {
      by: list.sort.by as 'orderDate' | 'number' | 'total',
      direction: list.sort.direction,
    },
  });
  const { data: totals } = useApiQuery('orders.count', { clientUid: uid });
  const columns: readonly DataColumn<OrderRow>[] = [
    {
      id: 'number',
      header: t('document.number'),
      width: 'minmax(130px, 1fr)',
      sortBy: 'number',
      cell: (row) => row.number,
    },
    {
      id: 'orderDate',
      header: t('document.orderDate'),
      width: '120px',
      sortBy: 'orderDate',
      cell: (row) => formats.date(row.orderDate),
    },
    {
      id: 'status',
      header: t('document.status'),
      width: '130px',
      cell: (row) => <OrderStatusBadge status={row.status} />,
    },
    {
      id: 'total',
      header: t('document.total'),
      width: '150px',
      align: 'end',
      sortBy: 'total',
      cell: (row) => <Money amount={row.total} currency={row.currency} />,
      footer: totals && (
        <CurrencySums
          sums={totals.totals.map(({ currency, total }) => ({ currency, amount: total }))}
        />
      ),
    },
  ];
  return (
    <DataTable
      label={t('nav.orders')}
      columns={columns}
      page={page}
      rowKey={(row) => row.uid}
      rowName={(row) => row.number}
      list={list}
      count={totals?.count ?? null}
      onOpen={(row) => void navigate(`/orders/${row.uid}`)}
      footerLabel={
        totals &&
        t('clients.orderCount', { count: totals.count, shown: formats.count(totals.count) })
      }
      whenEmpty={<EmptyState text={t('clients.noOrders')} />}
    />
  );
}
