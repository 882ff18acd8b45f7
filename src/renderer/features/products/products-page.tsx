import { useTranslation } from 'react-i18next';

import type { ProductRow } from '../../../shared/contracts/app-api/products';
import { useApiQuery } from '../../app/api';
import { useApiPages } from '../../app/api-pages';
import { useSelectableList } from '../../app/use-selectable-list';
import type { ShelfFilters } from '../../app/shelved-list-page';
import { SHELVED_LIST_START, ShelvedListPage } from '../../app/shelved-list-page';
import type { DataColumn } from '../../ui/data-table-types';
import { useFormats } from '../../ui/formats-context';
import { UnitPrice } from '../../ui/unit-price';
import { useProductActions } from './use-product-actions';

type SortBy = 'name' | 'code' | 'unitPrice' | 'createdAt';

/** All products and services, with their prices. */
export function ProductsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const actions = useProductActions();
  const list = useSelectableList<ShelfFilters, ProductRow>('products', SHELVED_LIST_START);
  const search = list.search.trim();
  const query = { ...(search === '' ? {} : { search }), shelf: list.filters.shelf };
  const page = useApiPages('products.list', {
    ...query,
    sort: { by: list.sort.by as SortBy, direction: list.sort.direction },
  });
  const { data: totals } = useApiQuery('products.count', query, { keepPrevious: true });

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

  return (
    <ShelvedListPage
      place="products"
      words={{
        title: t('nav.products'),
        search: t('products.search'),
        create: t('products.new'),
        empty: t('products.empty'),
        importInto: t('imports.products'),
      }}
      list={list}
      columns={columns}
      page={page}
      count={totals?.count ?? null}
      footerLabel={
        totals && t('products.count', { count: totals.count, shown: formats.count(totals.count) })
      }
      sumsOf={() => []}
      actions={actions}
    />
  );
}
