import type { z } from 'zod';

import type { BusinessSettings, ClientState } from '../../../../src/shared/contracts/events/events';
import type { OrderAnswer } from '../../../../src/shared/contracts/events/order-answer';
import type { invoiceRoutes } from '../../../../src/shared/contracts/rest-v1/invoices';
import {
  QUANTITY_DECIMALS,
  readScaled,
  readTax,
  taxSnapshotsOf,
  UNIT_PRICE_DECIMALS,
} from '../../../../src/shared/contracts/rest-v1/line-numbers';
import { readCurrency } from '../../../../src/shared/contracts/rest-v1/read-currency';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { CurrencyCode } from '../../../../src/shared/domain/currency';
import { checkDraft } from '../../../../src/shared/domain/document-rules';
import { bankAccountFor } from '../../../../src/shared/domain/freeze';
import type { LineUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent, ExchangeRate } from '../../../../src/shared/domain/invoice';
import type { LineItem } from '../../../../src/shared/domain/line-item';
import { dueDateFor } from '../../../../src/shared/domain/payment-terms';
import type { Issue, Result } from '../../../../src/shared/domain/result';
import { ok, refusedFor } from '../../../../src/shared/domain/result';

export type InvoiceInput = z.output<typeof invoiceRoutes.createInvoice.body>;
export type InvoiceChange = z.output<typeof invoiceRoutes.updateInvoice.body>;
type ItemInput = InvoiceInput['items'][number];

/** The settings that documents start from; all but the logo, which no content has. */
export type ContentSettings = Omit<BusinessSettings, 'logo'>;

const RATE_DECIMALS = 9;

/**
 * The content of a new document. What the request leaves out comes from the order, then the client, then
 * the business. Refuses what even a draft refuses, by the contract's field names: `too_many_decimals`,
 * `currency_unknown`, `currency_unsupported`, `tax_rate_not_allowed`, `amount_too_large`.
 */
export function newContent(
  input: InvoiceInput,
  settings: ContentSettings,
  client: ClientState,
  order: OrderAnswer | null,
  today: CalendarDate,
): Result<DocumentContent> {
  const issues: Issue[] = [];
  const currency = readCurrency(input.currency, order?.currency ?? settings.currency, issues);
  const issueDate = input.issue_date ?? today;
  const lines = readItems(input.items, issues);
  const exchangeRate = readRate(input.exchange_rate, currency, settings, issueDate, issues);
  return checked(
    {
      clientUid: client.uid,
      currency,
      exchangeRate,
      issueDate,
      terms: input.due_date === undefined ? settings.terms : null,
      dueDate: input.due_date ?? dueDateFor(issueDate, settings.terms),
      supply: null,
      buyerReference: input.buyer_reference ?? order?.buyer_reference ?? '',
      notes: input.notes ?? settings.notes,
      paymentReference: '',
      language: client.language ?? settings.language,
      formats: settings.formats,
      pricesIncludeTax: order?.prices_include_tax ?? settings.pricesIncludeTax,
      discount: null,
      bankAccountUid: bankAccountFor(settings, currency),
      lines,
    },
    issues,
  );
}

/** A draft after a change; what the change leaves out stays. `client` is null where it stays. */
export function changedContent(
  content: DocumentContent,
  change: InvoiceChange,
  settings: ContentSettings,
  client: ClientState | null,
): Result<DocumentContent> {
  const issues: Issue[] = [];
  const currency = readCurrency(change.currency, content.currency, issues);
  const issueDate = change.issue_date ?? content.issueDate;
  const isSameDue = change.due_date === undefined || change.due_date === content.dueDate;
  const terms = isSameDue ? content.terms : null;
  const keepsRate = (change.exchange_rate ?? null) === null && currency === content.currency;
  return checked(
    {
      ...content,
      ...(client === null
        ? {}
        : { clientUid: client.uid, language: client.language ?? settings.language }),
      currency,
      exchangeRate: keepsRate
        ? content.exchangeRate
        : readRate(change.exchange_rate, currency, settings, issueDate, issues),
      bankAccountUid:
        currency === content.currency ? content.bankAccountUid : bankAccountFor(settings, currency),
      issueDate,
      terms,
      dueDate:
        terms !== null && change.issue_date !== undefined
          ? dueDateFor(issueDate, terms)
          : (change.due_date ?? content.dueDate),
      buyerReference: change.buyer_reference ?? content.buyerReference,
      notes: change.notes ?? content.notes,
      lines: change.items === undefined ? content.lines : readItems(change.items, issues),
    },
    issues,
  );
}

/**
 * Whether a change asks for another content than the finalised one. Who sends a document back as it
 * was read asks for nothing.
 */
export function changesContent(content: DocumentContent, change: InvoiceChange): boolean {
  const issues: Issue[] = [];
  const lines = change.items === undefined ? content.lines : readItems(change.items, issues);
  const rate = content.exchangeRate?.rate;
  const isSame =
    issues.length === 0 &&
    (change.due_date ?? content.dueDate) === content.dueDate &&
    (change.issue_date ?? content.issueDate) === content.issueDate &&
    (change.currency ?? content.currency) === content.currency &&
    (change.buyer_reference ?? content.buyerReference) === content.buyerReference &&
    (change.notes ?? content.notes) === content.notes &&
    (change.exchange_rate === undefined ||
      change.exchange_rate === null ||
      readScaled(change.exchange_rate, RATE_DECIMALS, 'exchange_rate', issues) === rate) &&
    lines.length === content.lines.length &&
    lines.every((line, index) => isSameLine(line, content.lines[index]));
  return !isSame;
}

function isSameLine(a: LineItem, b: LineItem | undefined): boolean {
  return (
    b !== undefined &&
    a.description === b.description &&
    a.quantity === b.quantity &&
    a.unitPrice === b.unitPrice &&
    a.unit === b.unit &&
    a.tax.name === b.tax.name &&
    a.tax.category === b.tax.category &&
    a.tax.rate === b.tax.rate
  );
}

function checked(content: DocumentContent, issues: readonly Issue[]): Result<DocumentContent> {
  const all = issues.length > 0 ? issues : checkDraft(content);
  return all.length > 0 ? refusedFor(all) : ok(content);
}

function readRate(
  rate: number | null | undefined,
  currency: CurrencyCode,
  settings: Pick<ContentSettings, 'currency'>,
  date: CalendarDate,
  issues: Issue[],
): ExchangeRate | null {
  if (currency === settings.currency || rate === undefined || rate === null) return null;
  const scaled = readScaled(rate, RATE_DECIMALS, 'exchange_rate', issues);
  return { to: settings.currency, rate: scaled, date };
}

function readItems(items: readonly ItemInput[], issues: Issue[]): LineItem[] {
  const taxes = taxSnapshotsOf(
    items.map((item, index) => readTax(item.tax, `items.${index}.tax`, issues)),
  );
  return items.flatMap((item, index) => {
    const tax = taxes[index];
    if (tax === undefined) return [];
    const { description, unit = '' } = item;
    const field = `items.${index}`;
    return [
      {
        uid: newUid<LineUid>(),
        productUid: null,
        description,
        unit,
        quantity: readScaled(item.quantity, QUANTITY_DECIMALS, `${field}.quantity`, issues),
        unitPrice: readScaled(item.unit_price, UNIT_PRICE_DECIMALS, `${field}.unit_price`, issues),
        discount: null,
        tax,
        sourceLineUid: null,
      },
    ];
  });
}
