import { Checkbox, TextInput, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { addDays, endOfMonth, startOfMonth, yearOf } from '../../../shared/domain/calendar-date';
import type { ClientUid } from '../../../shared/domain/ids';
import { useApiQuery } from '../../app/api';
import { DateField } from '../../ui/date-field';
import { useFormats } from '../../ui/formats-context';
import { FilterButton } from './filter-button';
import classes from './filters.module.css';

interface StatusFilterProps<Status extends string> {
  readonly all: readonly Status[];
  readonly value: readonly Status[];
  readonly word: (status: Status) => string;
  readonly badge: (status: Status) => ReactNode;
  readonly onChange: (statuses: readonly Status[]) => void;
}

/** Which statuses a list shows; none chosen shows all. */
export function StatusFilter<Status extends string>(props: StatusFilterProps<Status>) {
  const { t } = useTranslation();
  const { all, value, word, badge, onChange } = props;
  return (
    <FilterButton name={t('document.statusFilter')} value={value.map(word).join(', ')}>
      {() => (
        <div className={classes['statuses']}>
          {all.map((status) => (
            <Checkbox
              key={status}
              label={badge(status)}
              checked={value.includes(status)}
              onChange={(event) =>
                onChange(
                  all.filter((candidate) =>
                    candidate === status ? event.currentTarget.checked : value.includes(candidate),
                  ),
                )
              }
            />
          ))}
        </div>
      )}
    </FilterButton>
  );
}

interface OneOfFilterProps<Value extends string> {
  readonly name: string;
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly allLabel: string;
  readonly onChange: (value: Value | null) => void;
}

/** One value or all. */
export function OneOfFilter<Value extends string>(props: OneOfFilterProps<Value>) {
  const { name, value, options, allLabel, onChange } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <FilterButton name={name} value={chosen?.label ?? ''}>
      {(close) => (
        <div className={classes['options']}>
          {[{ value: null, label: allLabel }, ...options].map((option) => (
            <UnstyledButton
              key={option.value ?? ''}
              className={classes['option']}
              aria-pressed={option.value === value}
              onClick={() => {
                onChange(option.value);
                close();
              }}
            >
              {option.label}
            </UnstyledButton>
          ))}
        </div>
      )}
    </FilterButton>
  );
}

export interface ClientChoice {
  readonly uid: ClientUid;
  readonly name: string;
}

interface ClientFilterProps {
  readonly value: ClientChoice | null;
  readonly onChange: (client: ClientChoice | null) => void;
}

/** The documents of one client. */
export function ClientFilter({ value, onChange }: ClientFilterProps) {
  const { t } = useTranslation();
  return (
    <FilterButton name={t('document.clientFilter')} value={value?.name ?? ''}>
      {(close) => (
        <ClientChoices
          value={value}
          onChange={(client) => {
            onChange(client);
            close();
          }}
        />
      )}
    </FilterButton>
  );
}

function ClientChoices({ value, onChange }: ClientFilterProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = text.trim();
  const { data } = useApiQuery(
    'clients.list',
    { limit: 30, ...(search === '' ? {} : { search }) },
    { keepPrevious: true },
  );
  return (
    <>
      <TextInput
        data-autofocus
        aria-label={t('document.findClient')}
        placeholder={t('document.findClient')}
        mb={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes['options']}>
        <UnstyledButton
          className={classes['option']}
          aria-pressed={value === null}
          onClick={() => onChange(null)}
        >
          {t('document.allClients')}
        </UnstyledButton>
        {data?.rows.map(({ uid, name }) => (
          <UnstyledButton
            key={uid}
            className={classes['option']}
            aria-pressed={uid === value?.uid}
            onClick={() => onChange({ uid, name })}
          >
            {name}
          </UnstyledButton>
        ))}
      </div>
    </>
  );
}

export interface DateRange {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}

interface DateFilterProps {
  readonly value: DateRange;
  readonly today: CalendarDate;
  readonly onChange: (range: DateRange) => void;
}

/** Documents dated within a time: usual ones at hand, others by their days. */
export function DateFilter({ value, today, onChange }: DateFilterProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const year = yearOf(today);
  const lastMonth = addDays(startOfMonth(today), -1);
  const ranges = {
    thisMonth: { from: startOfMonth(today), to: endOfMonth(today) },
    lastMonth: { from: startOfMonth(lastMonth), to: lastMonth },
    thisYear: yearRange(year),
    lastYear: yearRange(year - 1),
  } as const;
  const isChosen = (range: DateRange): boolean =>
    range.from === value.from && range.to === value.to;
  const keys = Object.keys(ranges) as (keyof typeof ranges)[];
  const named = keys.find((key) => isChosen(ranges[key]));
  return (
    <FilterButton
      name={t('document.dateFilter')}
      value={named ? t(`document.dates.${named}`) : dateRangeText(value, formats.date)}
    >
      {(close) => (
        <div className={classes['dates']}>
          <div className={classes['options']}>
            <UnstyledButton
              className={classes['option']}
              aria-pressed={isChosen(NO_DATES)}
              onClick={() => {
                onChange(NO_DATES);
                close();
              }}
            >
              {t('document.dates.any')}
            </UnstyledButton>
            {keys.map((key) => (
              <UnstyledButton
                key={key}
                className={classes['option']}
                aria-pressed={key === named}
                onClick={() => {
                  onChange(ranges[key]);
                  close();
                }}
              >
                {t(`document.dates.${key}`)}
              </UnstyledButton>
            ))}
          </div>
          <DateField
            label={t('document.dates.from')}
            value={value.from}
            onChange={(from) => onChange({ ...value, from })}
          />
          <DateField
            label={t('document.dates.to')}
            value={value.to}
            onChange={(to) => onChange({ ...value, to })}
          />
        </div>
      )}
    </FilterButton>
  );
}

export const NO_DATES: DateRange = { from: null, to: null };

function yearRange(year: number): DateRange {
  return { from: `${year}-01-01` as CalendarDate, to: `${year}-12-31` as CalendarDate };
}

/** A range in words of dates: `1 Nov 2026 – 30 Nov 2026`. */
export function dateRangeText(range: DateRange, date: (date: string) => string): string {
  if (range.from === null && range.to === null) return '';
  return [range.from, range.to].map((day) => (day === null ? '…' : date(day))).join(' – ');
}
