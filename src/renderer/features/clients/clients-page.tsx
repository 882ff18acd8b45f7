import { useTranslation } from 'react-i18next';

import type { ClientRow } from '../../../shared/contracts/app-api/clients';
import { countryName } from '../../../shared/domain/country-names';
import { useApiQuery } from '../../app/api';
import { useApiPages } from '../../app/api-pages';
import { useSelectableList } from '../../app/use-selectable-list';
import type { ShelfFilters } from '../../app/shelved-list-page';
import { SHELVED_LIST_START, ShelvedListPage } from '../../app/shelved-list-page';
import { spokenLanguage } from '../../i18n/i18n';
import { CurrencySums } from '../../ui/currency-sums';
import type { DataColumn } from '../../ui/data-table-types';
import { sumByCurrency } from '../../ui/data-table-types';
import { useFormats } from '../../ui/formats-context';
import { Money } from '../../ui/money';
import { useClientActions } from './use-client-actions';

/** All clients, with what each owes. */
export function ClientsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const actions = useClientActions();
  const list = useSelectableList<ShelfFilters, ClientRow>('clients', SHELVED_LIST_START);
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
      cell: (row) => countryName(row.country, spokenLanguage()),
      tooltip: (row) => countryName(row.country, spokenLanguage()),
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

  return (
    <ShelvedListPage
      place="clients"
      words={{
        title: t('nav.clients'),
        search: t('clients.search'),
        create: t('clients.new'),
        empty: t('clients.empty'),
        importInto: t('imports.clients'),
      }}
      list={list}
      columns={columns}
      page={page}
      count={totals?.count ?? null}
      footerLabel={
        totals && t('clients.count', { count: totals.count, shown: formats.count(totals.count) })
      }
      sumsOf={(rows) => sumByCurrency(rows.flatMap((row) => row.balances))}
      actions={actions}
    />
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
