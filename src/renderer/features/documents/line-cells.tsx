import type { FocusEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { DecimalError } from '../../../shared/domain/decimal';
import type { Discount } from '../../../shared/domain/line-item';
import type { Result } from '../../../shared/domain/result';
import { err, ok } from '../../../shared/domain/result';
import type { TaxCode, TaxSnapshot } from '../../../shared/domain/tax';
import { snapshotOf } from '../../../shared/domain/tax';
import { useFormats } from '../../ui/formats-context';
import { readDecimal } from '../../ui/read-decimal';
import classes from './line-grid.module.css';
import { bareNumber } from './paste-block';
import { readDiscount } from './read-discount';

interface CellProps {
  /** Also what the cell is found by when the keyboard moves. */
  readonly cell: string;
  readonly label: string;
  readonly error?: string | undefined;
  readonly isReadOnly?: boolean;
}

/** An error in words right below its cell. */
export function CellError({
  id,
  error,
}: {
  readonly id: string;
  readonly error?: string | undefined;
}) {
  if (error === undefined) return null;
  return (
    <div id={id} className={classes['error']}>
      {error}
    </div>
  );
}

interface ParsedCellProps<Value> extends CellProps {
  readonly value: Value;
  readonly format: (value: Value) => string;
  readonly parse: (text: string) => Result<Value, DecimalError>;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly align?: 'start' | 'end';
  readonly decimals?: number;
}

/**
 * A cell whose text is read as a value: typed freely, taken over whenever it can be read, written
 * out when left. What cannot be read stays as typed, with the reason below.
 */
function ParsedCell<Value>(props: ParsedCellProps<Value>) {
  const { value, format, parse, onChange } = props;
  const { t } = useTranslation();
  const errorId = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [isFocused, setFocused] = useState(false);
  const reported = useRef(value);

  // A value from elsewhere (undo, a paste, a product) is shown even while the cell is being typed in.
  useEffect(() => {
    if (JSON.stringify(value) === JSON.stringify(reported.current)) return;
    reported.current = value;
    setDraft(null);
  }, [value]);

  const read = draft === null ? ok(value) : parse(draft);
  const unread =
    !isFocused && !read.ok ? t(`number.${read.error}`, { count: props.decimals ?? 3 }) : undefined;
  const error = unread ?? props.error;
  return (
    <>
      <input
        className={classes['input']}
        data-cell={props.cell}
        data-align={props.align ?? 'end'}
        aria-label={props.label}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : errorId}
        inputMode="decimal"
        autoComplete="off"
        placeholder={props.placeholder}
        readOnly={props.isReadOnly}
        value={draft ?? format(value)}
        onFocus={(event) => {
          setFocused(true);
          event.currentTarget.select();
        }}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setDraft(text);
          const next = parse(text);
          if (!next.ok) return;
          reported.current = next.value;
          onChange(next.value);
        }}
        onBlur={() => {
          setFocused(false);
          if (read.ok) setDraft(null);
        }}
      />
      <CellError id={errorId} error={error} />
    </>
  );
}

interface NumberCellProps extends CellProps {
  readonly value: number;
  readonly decimals: number;
  readonly limit: number;
  readonly format: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** A quantity or a price: a scaled integer. An emptied cell is zero. */
export function NumberCell({ limit, ...props }: NumberCellProps) {
  const { locale } = useFormats();
  return (
    <ParsedCell
      {...props}
      parse={(text) => {
        if (text.trim() === '') return ok(0);
        const read = readDecimal(bareNumber(text), props.decimals, locale);
        return read.ok && Math.abs(read.value) > limit ? err('too_large') : read;
      }}
    />
  );
}

interface DiscountCellProps extends CellProps {
  readonly value: Discount | null;
  readonly currency: CurrencyCode;
  readonly onChange: (value: Discount | null) => void;
}

/** A discount: a bare number is a percentage, a number with its currency an amount. */
export function DiscountCell(props: DiscountCellProps) {
  const formats = useFormats();
  return (
    <ParsedCell
      {...props}
      format={(value) => {
        if (value === null) return '';
        return value.kind === 'percent'
          ? `${formats.percent(value.percent)}\u00a0%`
          : `${props.currency}\u00a0${formats.amount(value.amount, props.currency)}`;
      }}
      parse={(text) => readDiscount(text, props.currency, formats.locale)}
    />
  );
}

interface TextCellProps extends CellProps {
  readonly value: string;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

export function TextCell(props: TextCellProps) {
  const errorId = useId();
  return (
    <>
      <input
        className={classes['input']}
        data-cell={props.cell}
        aria-label={props.label}
        aria-invalid={props.error !== undefined || undefined}
        aria-describedby={props.error === undefined ? undefined : errorId}
        autoComplete="off"
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        readOnly={props.isReadOnly}
        value={props.value}
        onFocus={selectAll}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <CellError id={errorId} error={props.error} />
    </>
  );
}

function selectAll(event: FocusEvent<HTMLInputElement>): void {
  event.currentTarget.select();
}

/** The description grows with its lines; Shift+Enter breaks the text. */
export function DescriptionCell(props: TextCellProps) {
  const errorId = useId();
  return (
    <>
      <textarea
        className={classes['input']}
        data-cell={props.cell}
        data-multiline
        aria-label={props.label}
        aria-invalid={props.error !== undefined || undefined}
        aria-describedby={props.error === undefined ? undefined : errorId}
        rows={Math.min(8, props.value.split('\n').length)}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
        readOnly={props.isReadOnly}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <CellError id={errorId} error={props.error} />
    </>
  );
}

interface TaxCellProps extends CellProps {
  readonly value: TaxSnapshot;
  readonly codes: readonly TaxCode[];
  readonly onChange: (value: TaxSnapshot) => void;
}

/** The tax of a line: one of the codes in use, or the one it was written with. */
export function TaxCell({ value, codes, onChange, ...props }: TaxCellProps) {
  const errorId = useId();
  const own = codes.find((code) => code.uid === value.uid);
  const isAsKept = own !== undefined && own.name === value.name && own.rate === value.rate;
  return (
    <>
      <select
        className={classes['input']}
        data-cell={props.cell}
        aria-label={props.label}
        title={value.name}
        aria-invalid={props.error !== undefined || undefined}
        aria-describedby={props.error === undefined ? undefined : errorId}
        disabled={props.isReadOnly}
        value={isAsKept ? value.uid : ''}
        onChange={(event) => {
          const code = codes.find((candidate) => candidate.uid === event.currentTarget.value);
          if (code) onChange(snapshotOf(code));
        }}
      >
        {!isAsKept && <option value="">{value.name}</option>}
        {codes.map((code) => (
          <option key={code.uid} value={code.uid}>
            {code.name}
          </option>
        ))}
      </select>
      <CellError id={errorId} error={props.error} />
    </>
  );
}
