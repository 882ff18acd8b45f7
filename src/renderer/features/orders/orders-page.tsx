import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { OrderRow } from '../../../shared/contracts/app-api/orders';
import { useApiQuery } from '../../app/api';
import { useApiPages } from '../../app/api-pages';
import { useSelectableList } from '../../app/use-selectable-list';
import { CurrencySums } from '../../ui/currency-sums';
import { DataTable } from '../../ui/data-table';
import type { DataColumn } from '../../ui/data-table-types';
import { sumByCurrency } from '../../ui/data-table-types';
import { EmptyState, NoMatch } from '../../ui/empty-state';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import { PageHeader } from '../../ui/page-header';
import { SearchBox } from '../../ui/search-box';
import { SelectionBar } from '../../ui/selection-bar';
import { OrderStatusBadge } from '../../ui/status/document-status';
import { OrderFilterBar, useOrderFilterWords } from './order-filter-bar';
import type { OrderFilters, OrderSort } from './order-list-state';
import {
  NO_ORDER_FILTERS,
  ORDER_LIST,
  ORDER_SORTS,
  orderQuery,
  ORDERS_START,
} from './order-list-state';
import { useOrderActions, useOrderRowActions } from './use-order-actions';

/** All orders and how far each is. */
export function OrdersPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const list = useSelectableList<OrderFilters, OrderRow>(ORDER_LIST, ORDERS_START);
  const search = list.search.trim();
  const query = orderQuery(search, list.filters);
  const page = useApiPages('orders.list', {
    ...query,
    sort: { by: sortOf(list.sort.by), direction: list.sort.direction },
  });
  const { data: totals } = useApiQuery('orders.count', query, { keepPrevious: true });
  const columns = useOrderColumns(totals?.totals ?? null);
  const rowActions = useOrderRowActions();
  const actions = useOrderActions();
  const words = useOrderFilterWords(search, list.filters);
  const selected = [...list.selected.values()];
  const selectNone = (): void => list.select(new Map());
  const selectionActions = [
    {
      id: 'delete',
      label: t('orders.deleteMany', { count: selected.length }),
      icon: <IconTrash size={15} stroke={1.7} />,
      isDestructive: true,
      onRun: () => void actions.removeAll(selected.map((row) => row.uid)).then(selectNone),
    },
  ];
  const clear = (): void => list.show({ search: '', filters: NO_ORDER_FILTERS });
  return (
    <>
      <PageHeader
        title={t('nav.orders')}
        tools={
          <SearchBox
            label={t('orders.search')}
            value={list.search}
            onChange={(text) => list.show({ search: text })}
          />
        }
        primary={
          <Button
            leftSection={<IconPlus size={15} stroke={2} />}
            onClick={() => void navigate('/orders/new')}
          >
            {t('orders.new')}
          </Button>
        }
      />
      <OrderFilterBar
        filters={list.filters}
        onChange={(filters) => list.show({ filters })}
        isFiltered={words.length > 0}
        onClear={clear}
      />
      <DataTable
        label={t('nav.orders')}
        columns={columns}
        page={page}
        rowKey={(row) => row.uid}
        rowName={(row) => row.number}
        list={list}
        count={totals?.count ?? null}
        onOpen={(row) => void navigate(`/orders/${row.uid}`)}
        rowActions={rowActions}
        footerLabel={
          totals && t('orders.count', { count: totals.count, shown: formats.count(totals.count) })
        }
        selectionBar={
          <SelectionBar
            count={selected.length}
            sums={sumByCurrency(
              selected.map(({ currency, total }) => ({ currency, amount: total })),
            )}
            actions={selectionActions}
            onClear={selectNone}
          />
        }
        whenEmpty={
          words.length > 0 ? (
            <NoMatch filters={words} onClear={clear} />
          ) : (
            <EmptyState
              text={t('orders.empty')}
              action={
                <Button variant="default" onClick={() => void navigate('/orders/new')}>
                  {t('orders.new')}
                </Button>
              }
            />
          )
        }
      />
    </>
  );
}

function sortOf(by: string): OrderSort {
  return ORDER_SORTS.find((sort) => sort === by) ?? 'orderDate';
}

function useOrderColumns(
  totals: MethodOutput<'orders.count'>['totals'] | null,
): readonly DataColumn<OrderRow>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return [
    {
      id: 'number',
      header: t('document.number'),
      width: 'minmax(122px, 1fr)',
      sortBy: 'number',
      cell: (row) => row.number,
      tooltip: (row) => row.number,
    },
    {
      id: 'client',
      header: t('document.client'),
      width: 'minmax(180px, 2.6fr)',
      sortBy: 'clientName',
      cell: (row) => row.clientName,
      tooltip: (row) => row.clientName,
    },
    {
      id: 'orderDate',
      header: t('document.orderDate'),
      width: '120px',
      sortBy: 'orderDate',
      cell: (row) => <span className="doc-tabular">{formats.date(row.orderDate)}</span>,
    },
    {
      id: 'status',
      header: t('document.status'),
      width: '140px',
      cell: (row) => <OrderStatusBadge status={row.status} />,
      tooltip: (row) => t(`status.order.${row.status}`),
    },
    {
      id: 'total',
      header: t('document.total'),
      width: '170px',
      align: 'end',
      sortBy: 'total',
      cell: (row) => <Money amount={row.total} currency={row.currency} />,
      footer: totals && (
        <CurrencySums sums={totals.map(({ currency, total }) => ({ currency, amount: total }))} />
      ),
    },
  ];
}
