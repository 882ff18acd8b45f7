import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { dayInZone } from '../../../shared/domain/calendar-date';
import type { CurrencyCode } from '../../../shared/domain/currency';
import { invoiceKind, invoiceStatus } from '../../../shared/domain/invoice';
import { useApiQuery } from '../../app/api';
import { useBusiness } from '../../app/business-context';
import { useFormats } from '../../ui/formats-context';
import { InvoiceStatusBadge } from '../../ui/status/document-status';
import {
  ClientFilter,
  DateFilter,
  dateRangeText,
  OneOfFilter,
  StatusFilter,
} from '../documents/filter-choices';
import classes from '../documents/filters.module.css';
import type { InvoiceFilters } from './invoice-list-state';
import { useHasAccount } from './use-has-account';

interface InvoiceFilterBarProps {
  readonly filters: InvoiceFilters;
  readonly onChange: (filters: InvoiceFilters) => void;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

/** Filters of the invoices, each saying what is chosen. */
export function InvoiceFilterBar(props: InvoiceFilterBarProps) {
  const { filters, onChange } = props;
  const { t } = useTranslation();
  const business = useBusiness();
  const hasAccount = useHasAccount();
  const currencies = useUsedCurrencies(filters.currency);
  return (
    <div className={classes['bar']} role="group" aria-label={t('document.filters')}>
      <StatusFilter
        all={invoiceStatus.options}
        value={filters.statuses}
        word={(status) => t(`status.invoice.${status}`)}
        badge={(status) => <InvoiceStatusBadge status={status} />}
        onChange={(statuses) => onChange({ ...filters, statuses })}
      />
      <OneOfFilter
        name={t('document.kindFilter')}
        allLabel={t('document.allKinds')}
        value={filters.kind}
        options={invoiceKind.options.map((kind) => ({
          value: kind,
          label: t(`document.kinds.${kind}`),
        }))}
        onChange={(kind) => onChange({ ...filters, kind })}
      />
      <ClientFilter
        value={filters.client}
        onChange={(client) => onChange({ ...filters, client })}
      />
      <DateFilter
        value={filters.dates}
        today={dayInZone(new Date(), business.timeZone)}
        onChange={(dates) => onChange({ ...filters, dates })}
      />
      {(hasAccount || filters.mail !== null) && (
        <OneOfFilter
          name={t('send.column')}
          allLabel={t('send.filter.all')}
          value={filters.mail}
          options={[{ value: 'attention', label: t('send.filter.attention') }]}
          onChange={(mail) => onChange({ ...filters, mail })}
        />
      )}
      {currencies.length > 1 && (
        <OneOfFilter
          name={t('field.currency')}
          allLabel={t('document.allCurrencies')}
          value={filters.currency}
          options={currencies.map((code) => ({ value: code, label: code }))}
          onChange={(currency) => onChange({ ...filters, currency })}
        />
      )}
      {props.isFiltered && (
        <Button variant="subtle" color="gray" onClick={props.onClear}>
          {t('list.clear')}
        </Button>
      )}
    </div>
  );
}

/** Currencies that invoices are written in; a filter among one is none. */
function useUsedCurrencies(chosen: CurrencyCode | null): readonly CurrencyCode[] {
  const { data } = useApiQuery('invoices.count', {});
  const used = data?.totals.map((total) => total.currency) ?? [];
  return chosen === null || used.includes(chosen) ? used : [...used, chosen];
}

/** The filters in force, by name and value; empty when everything is shown. */
export function useFilterWords(search: string, filters: InvoiceFilters): readonly string[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const named = (name: string, value: string): string => t('document.filterIs', { name, value });
  const { statuses, kind, client, dates, currency, mail } = filters;
  const dateText = dateRangeText(dates, formats.date);
  return [
    ...(search === '' ? [] : [t('list.searchFilter', { text: search })]),
    ...(statuses.length === 0
      ? []
      : [
          named(
            t('document.statusFilter'),
            statuses.map((status) => t(`status.invoice.${status}`)).join(', '),
          ),
        ]),
    ...(kind === null ? [] : [named(t('document.kindFilter'), t(`document.kinds.${kind}`))]),
    ...(client === null ? [] : [named(t('document.clientFilter'), client.name)]),
    ...(dateText === '' ? [] : [named(t('document.dateFilter'), dateText)]),
    ...(mail === null ? [] : [named(t('send.column'), t('send.filter.attention'))]),
    ...(currency === null ? [] : [named(t('field.currency'), currency)]),
  ];
}
