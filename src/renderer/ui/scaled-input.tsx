import type { TextInputProps } from '@mantine/core';
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CurrencyCode } from '../../shared/domain/currency';
import { decimalsOf } from '../../shared/domain/currency';
import type { DecimalError } from '../../shared/domain/decimal';
import { useFormats } from './formats-context';
import { readDecimal } from './read-decimal';
import classes from './scaled-input.module.css';

interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  readonly value: number | null;
  /** Null while the field is empty or holds something that is not a number. */
  readonly onChange: (value: number | null) => void;
}

interface ScaledInputProps extends NumberFieldProps {
  /** Decimals that `value` is scaled by. */
  readonly decimals: number;
  /** How a value is written when the field is left. */
  readonly format: (value: number) => string;
}

/**
 * A field for a scaled integer: typed freely, understood when it is left, written in the business's
 * format then. What cannot be understood stays as typed, with the reason beside it.
 */
export function ScaledInput({
  value,
  onChange,
  decimals,
  format,
  error,
  onBlur,
  onFocus,
  ...others
}: ScaledInputProps) {
  const { t } = useTranslation();
  const { locale } = useFormats();
  const [text, setText] = useState(value === null ? '' : format(value));
  const [ownError, setOwnError] = useState<DecimalError | null>(null);
  const isFocused = useRef(false);
  /** The value this field itself last reported: its echo must not rewrite what is being typed. */
  const reported = useRef(value);

  useEffect(() => {
    if (value === reported.current && (isFocused.current || value === null)) return;
    reported.current = value;
    setText(value === null ? '' : format(value));
    setOwnError(null);
    // `format` is made anew at each render; only another value or locale rewrites the text.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [value, locale, decimals]);

  const report = (next: number | null): void => {
    reported.current = next;
    if (next !== value) onChange(next);
  };

  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      {...others}
      classNames={{ input: classes['input'] ?? '' }}
      value={text}
      error={ownError ? t(`number.${ownError}`, { count: decimals }) : error}
      onFocus={(event) => {
        isFocused.current = true;
        event.currentTarget.select();
        onFocus?.(event);
      }}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const read = typed.trim() === '' ? null : readDecimal(typed, decimals, locale);
        report(read?.ok ? read.value : null);
        if (read === null || read.ok) setOwnError(null);
      }}
      onBlur={(event) => {
        isFocused.current = false;
        const read = text.trim() === '' ? null : readDecimal(text, decimals, locale);
        if (read === null) setOwnError(null);
        else if (read.ok) {
          setOwnError(null);
          setText(format(read.value));
        } else setOwnError(read.error);
        onBlur?.(event);
      }}
    />
  );
}

/** An amount in minor units of its currency. */
export function MoneyInput({
  currency,
  ...others
}: NumberFieldProps & { readonly currency: CurrencyCode }) {
  const formats = useFormats();
  return (
    <ScaledInput
      {...others}
      decimals={decimalsOf(currency)}
      format={(value) => formats.amount(value, currency)}
    />
  );
}

/** A unit price in ten-thousandths of the major unit. */
export function PriceInput({
  currency,
  ...others
}: NumberFieldProps & { readonly currency: CurrencyCode }) {
  const formats = useFormats();
  return (
    <ScaledInput {...others} decimals={4} format={(value) => formats.unitPrice(value, currency)} />
  );
}

/** A quantity in thousandths. */
export function QuantityInput(props: NumberFieldProps) {
  const formats = useFormats();
  return <ScaledInput {...props} decimals={3} format={formats.quantity} />;
}

/** A share in thousandths of a percent; the sign stands in the field. */
export function PercentInput(props: NumberFieldProps) {
  const formats = useFormats();
  return (
    <ScaledInput
      rightSection={<span className={classes['unit']}>%</span>}
      rightSectionPointerEvents="none"
      {...props}
      decimals={3}
      format={formats.percent}
    />
  );
}

/** A whole number (days, a next number). */
export function CountInput(props: NumberFieldProps) {
  return <ScaledInput inputMode="numeric" {...props} decimals={0} format={(value) => `${value}`} />;
}
