import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ClientRow } from '../../../shared/contracts/app-api/clients';
import { countryName } from '../../../shared/domain/country-names';
import { useApiPages, useApiQuery } from '../../app/api';
import type { Action } from '../../ui/action';
import { CurrencySums } from '../../ui/currency-sums';
import { DataTable } from '../../ui/data-table';
import type { DataColumn } from '../../ui/data-table-types';
import { sumByCurrency } from '../../ui/data-table-types';
import { EmptyState, NoMatch } from '../../ui/empty-state';
import { useFormats } from '../../ui/formats-context';
import { useListState } from '../../ui/list-state';
import { Money } from '../../ui/money';
import { PageHeader } from '../../ui/page-header';
import { SearchBox } from '../../ui/search-box';
import { SelectionBar } from '../../ui/selection-bar';
import type { Shelf } from '../../ui/shelf-filter';
import { ShelfFilter } from '../../ui/shelf-filter';
import { useClientActions } from './use-client-actions';

interface ClientFilters {
  readonly shelf: Shelf;
}

const START = {
  filters: { shelf: 'active' } as ClientFilters,
  sort: { by: 'name', direction: 'asc' },
} as const;

/** All clients, with what each owes. */
export function ClientsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const actions = useClientActions();
  const list = useListState<ClientFilters, ClientRow>('clients', START);
  const search = list.search.trim();
  const query = { ...(search === '' ? {} : { search }), shelf: list.filters.shelf };
  const page = useApiPages('clients.list', {
    ...query,
    sort: {
      by: list.sort.by === 'createdAt' ? 'createdAt' : 'name',
      direction: list.sort.direction,
    },
  });
  const { data: totals } = useApiQuery('clients.count', query, { keepPrevious: true });

  const columns: readonly DataColumn<ClientRow>[] = [
    {
      id: 'name',
      header: t('field.name'),
      width: 'minmax(180px, 2.4fr)',
      sortBy: 'name',
      cell: (row) => row.name,
      tooltip: (row) => row.name,
    },
    {
      id: 'email',
      header: t('field.email'),
      width: 'minmax(140px, 1.8fr)',
      cell: (row) => row.email,
      tooltip: (row) => row.email,
    },
    {
      id: 'city',
      header: t('address.city'),
      width: 'minmax(90px, 1fr)',
      cell: (row) => row.city,
      tooltip: (row) => row.city,
    },
    {
      id: 'country',
      header: t('address.country'),
      width: 'minmax(90px, 1fr)',
      cell: (row) => countryName(row.country, 'en'),
      tooltip: (row) => countryName(row.country, 'en'),
    },
    {
      id: 'balance',
      header: t('clients.balance'),
      width: '190px',
      align: 'end',
      cell: (row) => <Balances row={row} />,
      tooltip: (row) =>
        row.balances.map(({ amount, currency }) => formats.money(amount, currency)).join('\n'),
      footer: totals && <CurrencySums sums={totals.balances} />,
    },
  ];
  const isFiltered = search !== '' || list.filters.shelf !== 'active';
  const clear = (): void => list.show({ search: '', filters: START.filters });
  const selected = [...list.selected.values()];
  const selectNone = (): void => list.select(new Map());
  const selectionActions: readonly Action[] =
    list.filters.shelf === 'active'
      ? [
          {
            id: 'archive',
            label: t('action.archive'),
            icon: <IconArchive size={15} stroke={1.7} />,
            onRun: () => void actions.archive(selected).then(selectNone),
          },
        ]
      : [
          {
            id: 'unarchive',
            label: t('action.unarchive'),
            icon: <IconArchiveOff size={15} stroke={1.7} />,
            onRun: () => void actions.unarchive(selected).then(selectNone),
          },
        ];

  return (
    <>
      <PageHeader
        title={t('nav.clients')}
        tools={
          <>
            <SearchBox
              label={t('clients.search')}
              value={list.search}
              onChange={(text) => list.show({ search: text })}
            />
            <ShelfFilter
              value={list.filters.shelf}
              onChange={(shelf) => {
                list.show({ filters: { shelf } });
                selectNone();
              }}
            />
          </>
        }
        menu={[
          {
            id: 'import',
            label: t('imports.import'),
            icon: <IconFileImport size={15} stroke={1.7} />,
            onRun: () => void navigate('/import/clients'),
          },
        ]}
        primary={
          <Button
            leftSection={<IconPlus size={15} stroke={2} />}
            onClick={() => void navigate('/clients/new')}
          >
            {t('clients.new')}
          </Button>
        }
      />
      <DataTable
        label={t('nav.clients')}
        columns={columns}
        rows={page.rows}
        rowKey={(row) => row.uid}
        rowName={(row) => row.name}
        list={list}
        count={totals?.count ?? null}
        hasMore={page.hasMore}
        isLoading={page.isLoading}
        isFailed={page.isFailed}
        loadMore={page.loadMore}
        onOpen={(row) => void navigate(`/clients/${row.uid}`)}
        rowActions={(row) => [
          {
            id: 'open',
            label: t('action.open'),
            shortcut: 'Enter',
            onRun: () => void navigate(`/clients/${row.uid}`),
          },
          ...actions.menu(row),
        ]}
        footerLabel={
          totals && t('clients.count', { count: totals.count, shown: formats.count(totals.count) })
        }
        selectionBar={
          <SelectionBar
            count={selected.length}
            sums={sumByCurrency(selected.flatMap((row) => row.balances))}
            actions={selectionActions}
            onClear={selectNone}
          />
        }
        whenEmpty={
          isFiltered ? (
            <NoMatch
              filters={[
                ...(search === '' ? [] : [t('list.searchFilter', { text: search })]),
                ...(list.filters.shelf === 'archived' ? [t('list.archivedFilter')] : []),
              ]}
              onClear={clear}
            />
          ) : (
            <EmptyState
              text={t('clients.empty')}
              action={
                <Button variant="default" onClick={() => void navigate('/import/clients')}>
                  {t('imports.clients')}
                </Button>
              }
            />
          )
        }
      />
    </>
  );
}

/** What a client owes; with several currencies the first, and that there is more. */
function Balances({ row }: { readonly row: ClientRow }) {
  const { t } = useTranslation();
  const [first, ...others] = row.balances;
  if (!first) return null;
  return (
    <>
      {others.length > 0 && `${t('clients.moreCurrencies', { count: others.length })} `}
      <Money amount={first.amount} currency={first.currency} />
    </>
  );
}
