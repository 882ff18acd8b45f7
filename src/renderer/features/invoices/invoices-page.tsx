import { Button } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { InvoiceRow } from '../../../shared/contracts/app-api/invoices';
import { useApiQuery } from '../../app/api';
import { useApiPages } from '../../app/api-pages';
import { useSelectableList } from '../../app/use-selectable-list';
import { DataTable } from '../../ui/data-table';
import { sumByCurrency } from '../../ui/data-table-types';
import { EmptyState, NoMatch } from '../../ui/empty-state';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import { SearchBox } from '../../ui/search-box';
import { SelectionBar } from '../../ui/selection-bar';
import { InvoiceFilterBar, useFilterWords } from './invoice-filter-bar';
import type { InvoiceFilters, InvoiceSort } from './invoice-list-state';
import {
  INVOICE_LIST,
  INVOICE_SORTS,
  INVOICES_START,
  invoiceQuery,
  NO_INVOICE_FILTERS,
} from './invoice-list-state';
import { useInvoiceColumns } from './use-invoice-columns';
import { useInvoiceRowActions, useInvoiceSelectionActions } from './use-invoice-row-actions';

/** All invoices and credit notes: found, filtered, summed, and what can be done with them. */
export function InvoicesPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const list = useSelectableList<InvoiceFilters, InvoiceRow>(INVOICE_LIST, INVOICES_START);
  const search = list.search.trim();
  const query = invoiceQuery(search, list.filters);
  const page = useApiPages('invoices.list', {
    ...query,
    sort: { by: sortOf(list.sort.by), direction: list.sort.direction },
  });
  const { data: totals } = useApiQuery('invoices.count', query, { keepPrevious: true });
  const columns = useInvoiceColumns(totals?.totals ?? null);
  const rowActions = useInvoiceRowActions();
  const words = useFilterWords(search, list.filters);
  const selected = [...list.selected.values()];
  const selectNone = (): void => list.select(new Map());
  const selectionActions = useInvoiceSelectionActions(selected, selectNone);

  return (
    <>
      <PageHeader
        title={t('nav.invoices')}
        tools={
          <SearchBox
            label={t('invoices.search')}
            value={list.search}
            onChange={(text) => list.show({ search: text })}
          />
        }
        menu={[
          {
            id: 'import',
            label: t('imports.import'),
            icon: <IconFileImport size={15} stroke={1.7} />,
            onRun: () => void navigate('/import/invoices'),
          },
        ]}
        primary={
          <Button
            leftSection={<IconPlus size={15} stroke={2} />}
            onClick={() => void navigate('/invoices/new')}
          >
            {t('invoices.new')}
          </Button>
        }
      />
      <InvoiceFilterBar
        filters={list.filters}
        onChange={(filters) => list.show({ filters })}
        isFiltered={words.length > 0}
        onClear={() => list.show({ search: '', filters: NO_INVOICE_FILTERS })}
      />
      <DataTable
        label={t('nav.invoices')}
        columns={columns}
        page={page}
        rowKey={(row) => row.uid}
        rowName={(row) => row.number ?? t('invoices.draftOf.invoice', { client: row.clientName })}
        list={list}
        count={totals?.count ?? null}
        onOpen={(row) => void navigate(`/invoices/${row.uid}`)}
        rowActions={rowActions}
        footerLabel={
          totals && t('invoices.count', { count: totals.count, shown: formats.count(totals.count) })
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
            <NoMatch
              filters={words}
              onClear={() => list.show({ search: '', filters: NO_INVOICE_FILTERS })}
            />
          ) : (
            <EmptyState
              text={t('invoices.empty')}
              action={
                <Button variant="default" onClick={() => void navigate('/import/invoices')}>
                  {t('imports.invoices')}
                </Button>
              }
            />
          )
        }
      />
    </>
  );
}

function sortOf(by: string): InvoiceSort {
  return INVOICE_SORTS.find((sort) => sort === by) ?? 'issueDate';
}
