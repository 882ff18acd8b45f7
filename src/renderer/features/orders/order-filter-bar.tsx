import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { dayInZone } from '../../../shared/domain/calendar-date';
import { orderStatus } from '../../../shared/domain/order';
import { useBusiness } from '../../app/business-context';
import { useFormats } from '../../ui/formats-context';
import { OrderStatusBadge } from '../../ui/status/document-status';
import { ClientFilter, DateFilter, dateRangeText, StatusFilter } from '../documents/filter-choices';
import classes from '../documents/filters.module.css';
import type { OrderFilters } from './order-list-state';

interface OrderFilterBarProps {
  readonly filters: OrderFilters;
  readonly onChange: (filters: OrderFilters) => void;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

/** Filters of the orders, each saying what is chosen. */
export function OrderFilterBar({ filters, onChange, isFiltered, onClear }: OrderFilterBarProps) {
  const { t } = useTranslation();
  const business = useBusiness();
  return (
    <div className={classes['bar']} role="group" aria-label={t('document.filters')}>
      <StatusFilter
        all={orderStatus.options}
        value={filters.statuses}
        word={(status) => t(`status.order.${status}`)}
        badge={(status) => <OrderStatusBadge status={status} />}
        onChange={(statuses) => onChange({ ...filters, statuses })}
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
      {isFiltered && (
        <Button variant="subtle" color="gray" onClick={onClear}>
          {t('list.clear')}
        </Button>
      )}
    </div>
  );
}

/** The filters in force, by name and value; empty when everything is shown. */
export function useOrderFilterWords(search: string, filters: OrderFilters): readonly string[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const { statuses, client, dates } = filters;
  const named = (name: string, value: string): string => t('document.filterIs', { name, value });
  const dateText = dateRangeText(dates, formats.date);
  return [
    ...(search === '' ? [] : [t('list.searchFilter', { text: search })]),
    ...(statuses.length === 0
      ? []
      : [
          named(
            t('document.statusFilter'),
            statuses.map((status) => t(`status.order.${status}`)).join(', '),
          ),
        ]),
    ...(client === null ? [] : [named(t('document.clientFilter'), client.name)]),
    ...(dateText === '' ? [] : [named(t('document.dateFilter'), dateText)]),
  ];
}
