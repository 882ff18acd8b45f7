import type { BusinessInput } from '../../../../shared/domain/business';
import type { CalendarDate } from '../../../../shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../shared/domain/currency';
import { currencyCode } from '../../../../shared/domain/currency';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import type { Mapping } from '../mapping/mapping';
import type { CsvRow } from '../reading/csv-rows';
import type { DateFormat } from '../reading/dates';
import { parseDate } from '../reading/dates';
import type { DecimalSign } from '../reading/numbers';
import { currencyOf, parseAmount, parsePercent } from '../reading/numbers';

/** What a row is read with. */
export interface RowReading {
  readonly mapping: Mapping;
  readonly dateFormat: DateFormat;
  readonly decimalStyle: DecimalSign;
  /** Fields whose column is in UTC. */
  readonly utcFields: ReadonlySet<string>;
  readonly business: BusinessInput;
  readonly today: CalendarDate;
  /** Rates of the business's tax codes, in thousandths of a percent. */
  readonly knownRates: readonly number[];
}

/**
 * Reads the cells of one row by field and collects what is wrong with them, so that a refused row
 * names every reason at once.
 */
export class RowReader {
  readonly issues: Issue[] = [];

  constructor(
    readonly row: CsvRow,
    readonly reading: RowReading,
  ) {
    if (row.isBroken) this.refuse('', 'quote_unclosed');
  }

  refuse(field: string, code: string, params?: Issue['params']): void {
    this.issues.push(issue(field, code, params));
  }

  /** The cell, trimmed; empty where the field has no column. */
  text(field: string): string {
    const column = this.reading.mapping[field];
    const cell = column === undefined ? '' : (this.row.cells[column] ?? '').trim();
    // Spreadsheet exports put an apostrophe before what would be taken for a formula.
    return /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell;
  }

  date(field: string): CalendarDate | null {
    const text = this.text(field);
    if (text === '') return null;
    const zone = this.reading.utcFields.has(field) ? this.reading.business.timeZone : null;
    const date = parseDate(text, { format: this.reading.dateFormat, zone });
    if (date === null) this.refuse(field, 'date_invalid', { value: shorten(text) });
    return date;
  }

  /** A number scaled by `decimals`; null where the cell is empty or no number. */
  number(field: string, decimals: number): number | null {
    const text = this.text(field);
    if (text === '') return null;
    const parsed = parseAmount(text, decimals, this.reading.decimalStyle);
    if (parsed.ok) return parsed.value;
    this.refuse(field, parsed.error, { value: shorten(text) });
    return null;
  }

  /** Thousandths of a percent. */
  percent(field: string): number | null {
    const text = this.text(field);
    if (text === '') return null;
    const parsed = parsePercent(text, this.reading.decimalStyle);
    if (parsed.ok) return parsed.value;
    this.refuse(field, parsed.error, { value: shorten(text) });
    return null;
  }

  /** The currency of its own column; null where that is empty. */
  currency(field: string): CurrencyCode | null {
    const text = this.text(field);
    if (text === '') return null;
    const known = currencyOf(text);
    if (known !== null) return known;
    const parsed = currencyCode.safeParse(text.toUpperCase());
    const code = parsed.success ? undefined : parsed.error.issues[0];
    const reason = code?.code === 'custom' ? String(code.params?.['code']) : 'currency_unknown';
    this.refuse(field, reason, { currency: shorten(text) });
    return null;
  }
}

/** Texts in reasons stay short enough for a line of the report. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
