import type { CalendarDate } from '../../../../shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../shared/domain/currency';
import { decimalsOf } from '../../../../shared/domain/currency';
import { multiplyDivide } from '../../../../shared/domain/money';
import type { Address } from '../../../../shared/domain/party';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import { readAddress } from './client-plan';
import type { RowReader } from './row-reader';
import type { StatedStatus, StatedType } from './values';
import { firstEmail, parseStatus, parseType, parseYesNo } from './values';

/** One line item as the file states it; null where it says nothing. Amounts in minor units. */
export interface StatedLine {
  readonly productCode: string;
  readonly itemName: string;
  readonly description: string;
  readonly unit: string;
  /** Thousandths. */
  readonly quantity: number | null;
  /** Ten-thousandths of the major unit. */
  readonly unitPrice: number | null;
  /** After the line's discount; with or without tax, as the document's prices are. */
  readonly amount: number | null;
  /** With tax, whatever the prices are. */
  readonly gross: number | null;
  readonly discountPercent: number | null;
  readonly discountAmount: number | null;
  readonly taxName: string;
  readonly taxRate: number | null;
  readonly taxAmount: number | null;
}

/** What the rows of one document say about it as a whole. */
export interface StatedDocument {
  readonly number: string;
  readonly clientName: string;
  readonly clientEmail: string;
  readonly vatNumber: string;
  readonly address: Address;
  readonly issueDate: CalendarDate | null;
  readonly dueDate: CalendarDate | null;
  readonly paidDate: CalendarDate | null;
  readonly terms: string;
  readonly currency: CurrencyCode;
  /** Billionths. */
  readonly exchangeRate: number | null;
  readonly status: StatedStatus | null;
  readonly type: StatedType;
  readonly pricesIncludeTax: boolean | null;
  readonly buyerReference: string;
  readonly notes: string;
  readonly subtotal: number | null;
  readonly taxTotal: number | null;
  readonly total: number | null;
  readonly amountPaid: number | null;
  readonly balance: number | null;
  readonly discountPercent: number | null;
  readonly discountAmount: number | null;
  readonly shipping: number | null;
  readonly adjustment: number | null;
}

export interface StatedRow {
  /** Line of the file. */
  readonly line: number;
  readonly document: StatedDocument;
  readonly item: StatedLine;
  readonly issues: readonly Issue[];
}

/** Files carry more decimals than are kept; what is rounded off shows in the document's total. */
const READ_DECIMALS = 6;

/** Reads one row of an invoice file. */
export function readInvoiceRow(reader: RowReader): StatedRow {
  const { business } = reader.reading;
  const currency = reader.currency('currency') ?? business.currency;
  const money = (field: string): number | null => rounded(reader, field, decimalsOf(currency));
  const document: StatedDocument = {
    number: reader.text('number'),
    clientName: reader.text('clientName'),
    clientEmail: firstEmail(reader.text('clientEmail')).email,
    vatNumber: reader.text('vatNumber'),
    address: readAddress(reader),
    issueDate: reader.date('issueDate'),
    dueDate: reader.date('dueDate'),
    paidDate: reader.date('paidDate'),
    terms: reader.text('terms'),
    currency,
    exchangeRate: reader.number('exchangeRate', 9),
    status: parseStatus(reader.text('status')),
    type: parseType(reader.text('type')),
    pricesIncludeTax: parseYesNo(reader.text('pricesIncludeTax')),
    buyerReference: reader.text('buyerReference'),
    notes: reader.text('notes'),
    subtotal: money('subtotal'),
    taxTotal: money('taxTotal'),
    total: money('total'),
    amountPaid: money('amountPaid'),
    balance: money('balance'),
    discountPercent: reader.percent('discountPercent'),
    discountAmount: money('discountAmount'),
    shipping: money('shipping'),
    adjustment: money('adjustment'),
  };
  const item: StatedLine = {
    productCode: reader.text('productCode'),
    itemName: reader.text('itemName'),
    description: reader.text('description'),
    unit: reader.text('unit'),
    quantity: rounded(reader, 'quantity', 3),
    unitPrice: rounded(reader, 'unitPrice', 4),
    amount: money('lineAmount'),
    gross: money('lineTotal'),
    discountPercent: reader.percent('lineDiscountPercent'),
    discountAmount: money('lineDiscountAmount'),
    taxRate: reader.percent('taxRate'),
    ...readTaxes(reader, money),
  };
  return { line: reader.row.line, document, item, issues: reader.issues };
}

function rounded(reader: RowReader, field: string, decimals: number): number | null {
  const value = reader.number(field, READ_DECIMALS);
  return value === null ? null : multiplyDivide(value, 1, 10 ** (READ_DECIMALS - decimals));
}

/** Two taxes on one line become one with both names. */
function readTaxes(
  reader: RowReader,
  money: (field: string) => number | null,
): Pick<StatedLine, 'taxName' | 'taxAmount'> {
  const [first, second] = [money('taxAmount'), money('secondTaxAmount')];
  const names = [reader.text('taxName'), (second ?? 0) === 0 ? '' : reader.text('secondTaxName')];
  return {
    taxName: names.filter((name) => name !== '').join(' + '),
    taxAmount: first === null && second === null ? null : (first ?? 0) + (second ?? 0),
  };
}

/** The rows of one document, in the order of the file. */
export interface StatedInvoice {
  readonly document: StatedDocument;
  readonly items: readonly StatedLine[];
  readonly rows: readonly StatedRow[];
}

/** How a document is recognised: capitals and spaces make no other number. */
export function invoiceKey(number: string): string {
  return number.replace(/\s+/gu, ' ').trim().toUpperCase();
}

/** Whether a row only continues the document above it: its own cells about the document are empty. */
export function isContinuation(row: StatedRow): boolean {
  const { number, clientName, issueDate } = row.document;
  return number === '' && clientName === '' && issueDate === null && row.issues.length === 0;
}

const OWN_FIELDS = ['clientName', 'clientEmail', 'issueDate', 'currency'] as const;
const COMMON_FIELDS = [
  ...OWN_FIELDS,
  'dueDate',
  'paidDate',
  'terms',
  'exchangeRate',
  'status',
  'pricesIncludeTax',
  'buyerReference',
  'notes',
  'vatNumber',
  'subtotal',
  'taxTotal',
  'total',
  'amountPaid',
  'balance',
  'discountPercent',
  'discountAmount',
  'shipping',
  'adjustment',
] as const satisfies readonly (keyof StatedDocument)[];

/** What rows of one document must agree on, as far as they say it. */
const AGREED_FIELDS: readonly (keyof StatedDocument)[] = [
  ...OWN_FIELDS,
  'subtotal',
  'taxTotal',
  'total',
];

/**
 * Puts the rows of one document together: the first cell that says something counts, and rows that
 * contradict each other are refused with `rows_disagree`. Where each row has only a total, the
 * totals are those of the lines.
 */
export function joinRows(
  rows: readonly StatedRow[],
  hasLineAmounts: boolean,
): { readonly invoice: StatedInvoice; readonly issues: readonly Issue[] } {
  const [first] = rows;
  if (!first) throw new Error('a document without rows');
  const isTotalByLine = !hasLineAmounts && rows.length > 1;
  const document: Record<string, unknown> = { ...first.document };
  const issues: Issue[] = rows.flatMap((row) => row.issues);
  for (const field of COMMON_FIELDS) {
    const values = rows.map((row) => row.document[field]).filter(isStated);
    document[field] = values[0] ?? first.document[field];
    const isAgreed = AGREED_FIELDS.includes(field) && !(isTotalByLine && isAmount(field));
    const other = values.find((value) => value !== values[0]);
    if (isAgreed && other !== undefined) issues.push(issue(field, 'rows_disagree'));
  }
  const joined = document as unknown as StatedDocument;
  const items = rows.map((row) =>
    isTotalByLine ? { ...row.item, gross: row.document.total } : row.item,
  );
  const invoice = isTotalByLine
    ? { document: { ...joined, total: null, subtotal: null, taxTotal: null }, items, rows }
    : { document: joined, items, rows };
  return { invoice, issues };
}

function isAmount(field: keyof StatedDocument): boolean {
  return field === 'total' || field === 'subtotal' || field === 'taxTotal';
}

function isStated<T>(value: T | null | ''): value is T {
  return value !== null && value !== '';
}
