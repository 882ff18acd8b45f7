import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ProductRow } from '../../../shared/contracts/app-api/products';
import { useApiPages, useApiQuery } from '../../app/api';
import { DataTable } from '../../ui/data-table';
import type { DataColumn } from '../../ui/data-table-types';
import { EmptyState, NoMatch } from '../../ui/empty-state';
import { useFormats } from '../../ui/formats-context';
import { useListState } from '../../ui/list-state';
import { PageHeader } from '../../ui/page-header';
import { SearchBox } from '../../ui/search-box';
import { SelectionBar } from '../../ui/selection-bar';
import type { Shelf } from '../../ui/shelf-filter';
import { ShelfFilter } from '../../ui/shelf-filter';
import { UnitPrice } from '../../ui/unit-price';
import { useProductActions } from './use-product-actions';

interface ProductFilters {
  readonly shelf: Shelf;
}

const START = {
  filters: { shelf: 'active' } as ProductFilters,
  sort: { by: 'name', direction: 'asc' },
} as const;

type SortBy = 'name' | 'code' | 'unitPrice' | 'createdAt';

/** All products and services, with their prices. */
export function ProductsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const actions = useProductActions();
  const list = useListState<ProductFilters, ProductRow>('products', START);
  const search = list.search.trim();
  const query = { ...(search === '' ? {} : { search }), shelf: list.filters.shelf };
  const page = useApiPages('products.list', {
    ...query,
    sort: { by: list.sort.by as SortBy, direction: list.sort.direction },
  });
  const { data: totals } = useApiQuery('products.count', query, { keepPrevious: true });
  const open = (row: ProductRow): void => void navigate(`/products/${row.uid}`);

  const columns: readonly DataColumn<ProductRow>[] = [
    {
      id: 'name',
      header: t('field.name'),
      width: 'minmax(220px, 3fr)',
      sortBy: 'name',
      cell: (row) => row.name,
      tooltip: (row) => row.name,
    },
    {
      id: 'code',
      header: t('field.code'),
      width: 'minmax(100px, 1fr)',
      sortBy: 'code',
      cell: (row) => row.code,
      tooltip: (row) => row.code,
    },
    {
      id: 'unit',
      header: t('field.unit'),
      width: 'minmax(80px, 0.8fr)',
      cell: (row) => row.unit,
      tooltip: (row) => row.unit,
    },
    {
      id: 'tax',
      header: t('field.tax'),
      width: 'minmax(110px, 1fr)',
      cell: (row) => row.taxName ?? '',
      tooltip: (row) => row.taxName ?? '',
    },
    {
      id: 'unitPrice',
      header: t('field.unitPrice'),
      width: '170px',
      align: 'end',
      sortBy: 'unitPrice',
      cell: (row) => <UnitPrice price={row.unitPrice} currency={row.currency} />,
    },
  ];
  const selected = [...list.selected.values()];
  const selectNone = (): void => list.select(new Map());
  const isActive = list.filters.shelf === 'active';

  return (
    <>
      <PageHeader
        title={t('nav.products')}
        tools={
          <>
            <SearchBox
              label={t('products.search')}
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
            onRun: () => void navigate('/import/products'),
          },
        ]}
        primary={
          <Button
            leftSection={<IconPlus size={15} stroke={2} />}
            onClick={() => void navigate('/products/new')}
          >
            {t('products.new')}
          </Button>
        }
      />
      <DataTable
        label={t('nav.products')}
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
        onOpen={open}
        rowActions={(row) => [
          { id: 'open', label: t('action.open'), shortcut: 'Enter', onRun: () => open(row) },
          ...actions.menu(row),
        ]}
        footerLabel={
          totals && t('products.count', { count: totals.count, shown: formats.count(totals.count) })
        }
        selectionBar={
          <SelectionBar
            count={selected.length}
            sums={[]}
            actions={[
              isActive
                ? {
                    id: 'archive',
                    label: t('action.archive'),
                    icon: <IconArchive size={15} stroke={1.7} />,
                    onRun: () => void actions.archive(selected).then(selectNone),
                  }
                : {
                    id: 'unarchive',
                    label: t('action.unarchive'),
                    icon: <IconArchiveOff size={15} stroke={1.7} />,
                    onRun: () => void actions.unarchive(selected).then(selectNone),
                  },
            ]}
            onClear={selectNone}
          />
        }
        whenEmpty={
          search !== '' || !isActive ? (
            <NoMatch
              filters={[
                ...(search === '' ? [] : [t('list.searchFilter', { text: search })]),
                ...(isActive ? [] : [t('list.archivedFilter')]),
              ]}
              onClear={() => list.show({ search: '', filters: START.filters })}
            />
          ) : (
            <EmptyState
              text={t('products.empty')}
              action={
                <Button variant="default" onClick={() => void navigate('/import/products')}>
                  {t('imports.products')}
                </Button>
              }
            />
          )
        }
      />
    </>
  );
}
