import type { TextInputProps } from '@mantine/core';
import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDate } from '../../shared/domain/calendar-date';
import { addDays, calendarDate, dayInZone } from '../../shared/domain/calendar-date';
import { addMonths, dayOrderOf, readDate } from './date-text';
import { useFormats } from './formats-context';

interface DateFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  readonly value: CalendarDate | null;
  /** Null while the field is empty or holds something that is not a date. */
  readonly onChange: (value: CalendarDate | null) => void;
  /** Emptied or not understood, the last day stays: null is never reported. */
  readonly isRequired?: boolean;
}

/**
 * A day: typed freely (`3/4`, `+7`, `3 apr`), moved by arrow keys (with Shift by months), or chosen
 * from the calendar (Alt+Down). Understood and written out when the field is left.
 */
export function DateField({
  value,
  onChange,
  error,
  onBlur,
  onKeyDown,
  isRequired = false,
  ...others
}: DateFieldProps) {
  const { t } = useTranslation();
  const { locale, date: format } = useFormats();
  const [text, setText] = useState(value === null ? '' : format(value));
  const [isInvalid, setInvalid] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const reported = useRef(value);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (value === reported.current) return;
    reported.current = value;
    setText(value === null ? '' : format(value));
    setInvalid(false);
  }, [value, format]);

  const choose = (next: CalendarDate | null): void => {
    reported.current = next;
    setText(next === null ? '' : format(next));
    setInvalid(false);
    if (next !== value) onChange(next);
  };

  const understand = (): CalendarDate | null => {
    if (value !== null && text === format(value)) return value;
    if (text.trim() === '') {
      choose(isRequired ? value : null);
      return isRequired ? value : null;
    }
    const read = readDate(text, dayOrderOf(locale), todayHere(), locale);
    if (read !== null) choose(read);
    else {
      setInvalid(true);
      if (isRequired) return value;
      reported.current = null;
      if (value !== null) onChange(null);
    }
    return read;
  };

  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      // A text field may not say whether it is expanded; the button beside it opens the calendar.
      withRoles={false}
    >
      <Popover.Target>
        <TextInput
          autoComplete="off"
          {...others}
          ref={input}
          value={text}
          error={isInvalid ? t('date.invalid', { example: format(todayHere()) }) : error}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={(event) => {
            if (!isOpen) understand();
            onBlur?.(event);
          }}
          onKeyDown={(event) => {
            onKeyDown?.(event);
            if (event.defaultPrevented) return;
            if (event.key === 'ArrowDown' && event.altKey) {
              event.preventDefault();
              understand();
              setOpen(true);
            } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
              event.preventDefault();
              const from = understand() ?? todayHere();
              const step = event.key === 'ArrowUp' ? 1 : -1;
              choose(event.shiftKey ? addMonths(from, step) : addDays(from, step));
            } else if (event.key === 'Enter') understand();
          }}
          rightSection={
            <ActionIcon
              size={24}
              tabIndex={-1}
              aria-label={t('date.openCalendar')}
              onClick={() => setOpen((open) => !open)}
              disabled={others.disabled ?? false}
            >
              <IconCalendar size={15} stroke={1.6} />
            </ActionIcon>
          }
        />
      </Popover.Target>
      <Popover.Dropdown>
        <DatePicker
          size="xs"
          value={value}
          defaultDate={value ?? todayHere()}
          ariaLabels={{
            previousMonth: t('date.previousMonth'),
            nextMonth: t('date.nextMonth'),
            monthLevelControl: t('date.chooseMonth'),
            previousYear: t('date.previousYear'),
            nextYear: t('date.nextYear'),
            yearLevelControl: t('date.chooseYear'),
            previousDecade: t('date.previousDecade'),
            nextDecade: t('date.nextDecade'),
          }}
          onChange={(chosen) => {
            const read = calendarDate.safeParse(chosen);
            if (read.success) choose(read.data);
            setOpen(false);
            input.current?.focus();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Only asked when needed: finding out the day is slow compared with drawing a field. */
function todayHere(): CalendarDate {
  return dayInZone(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone);
}
