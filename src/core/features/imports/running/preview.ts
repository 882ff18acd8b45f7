import type { ImportPreview, ImportReading } from '../../../../shared/contracts/app-api/imports';
import type { BusinessInput } from '../../../../shared/domain/business';
import type { CurrencyCode } from '../../../../shared/domain/currency';
import { decimalsOf } from '../../../../shared/domain/currency';
import type { PaymentTerms } from '../../../../shared/domain/payment-terms';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import { fieldsOf } from '../mapping/fields';
import type { Mapping } from '../mapping/mapping';
import { checkMapping } from '../mapping/mapping';
import type { InvoicePlan } from '../planning/invoice-plan';
import type { ProductPlan } from '../planning/product-plan';
import type { RowReading } from '../planning/row-reader';
import { taxWishName } from '../planning/tax-wish';
import type { ImportSession } from './import-session';
import type { Planned, PlannedSample } from './plans';
import { planSample } from './plans';
import type { Scan } from './scan';

const SAMPLE_RECORDS = 20;

/** What a file would bring in under a reading. */
export function buildPreview(
  session: ImportSession,
  scan: Scan,
  reading: ImportReading,
  rowReading: RowReading,
  questions: readonly Issue[],
): ImportPreview {
  const { importId, fileName, kind, preset, open } = session;
  const sample = planSample(kind, open, rowReading, SAMPLE_RECORDS);
  return {
    importId,
    fileName,
    kind,
    preset,
    reading: { ...reading, mapping: { ...reading.mapping } },
    columns: open.head.headers.map((name, index) => ({
      index,
      name,
      samples: [...(scan.samples[index] ?? [])],
    })),
    fields: fieldsOf(kind).map(({ name, isRequired }) => ({ name, isRequired })),
    rowCount: scan.rowCount,
    sample: sample.map((one) => ({
      line: one.line,
      values: valuesOf(one, reading.mapping, rowReading.business),
      issues: [...one.issues],
    })),
    questions: [...questions, ...checkMapping(kind, reading.mapping, open.head.headers.length)],
  };
}

/** What only a person can decide about the detected reading. */
export function questionsOf(
  session: ImportSession,
  scan: Scan,
  mapping: Mapping,
): readonly Issue[] {
  const questions: Issue[] = [];
  if (!session.isEncodingCertain || session.open.text.includes('\ufffd')) {
    questions.push(issue('reading.encoding', 'encoding_uncertain'));
  }
  const isMapped = (type: string): boolean =>
    fieldsOf(session.kind).some(
      (field) => field.type === type && mapping[field.name] !== undefined,
    );
  if (scan.dates.isAmbiguous && isMapped('date')) {
    questions.push(issue('reading.dateFormat', 'date_format_ambiguous'));
  }
  if (scan.decimals.isAmbiguous && isMapped('number')) {
    questions.push(issue('reading.decimalStyle', 'decimal_style_ambiguous'));
  }
  return questions;
}

/** A record as the app would show it; the cells themselves where it cannot be read. */
function valuesOf(
  { planned, cells }: PlannedSample,
  mapping: Mapping,
  business: BusinessInput,
): Record<string, string> {
  if (planned !== null) return compact(describe(planned, business));
  return compact(
    Object.fromEntries(
      Object.entries(mapping).map(([field, column]) => [field, (cells.cells[column] ?? '').trim()]),
    ),
  );
}

function compact(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function describe(planned: Planned, business: BusinessInput): Record<string, string> {
  switch (planned.kind) {
    case 'clients': {
      const { address, terms, ...client } = planned.plan.input;
      return {
        name: client.name,
        contactName: client.contactName,
        email: client.email,
        phone: client.phone,
        address1: address.line1,
        address2: address.line2,
        postalCode: address.postalCode,
        city: address.city,
        region: address.region,
        country: address.country,
        vatNumber: client.vatNumber,
        companyNumber: client.companyNumber,
        currency: client.currency ?? '',
        language: client.language ?? '',
        terms: describeTerms(terms),
        notes: client.notes,
      };
    }
    case 'products':
      return describeProduct(planned.plan, business);
    case 'invoices':
      return describeInvoice(planned.plan, business);
  }
}

function describeProduct({ input, tax }: ProductPlan, business: BusinessInput) {
  return {
    code: input.code,
    name: input.name,
    unit: input.unit,
    unitPrice: money(input.unitPrice / 10_000, input.currency, business, 4),
    currency: input.currency,
    taxName: tax === null ? '' : taxWishName(tax, business.language),
  };
}

function describeInvoice(plan: InvoicePlan, business: BusinessInput) {
  const { details, amounts } = plan;
  const { currency } = details;
  const amount = (value: number): string =>
    money(value / 10 ** decimalsOf(currency), currency, business);
  return {
    number: plan.number,
    type: plan.kind,
    status: statusOf(plan),
    clientName: plan.client.name,
    clientEmail: plan.client.email,
    issueDate: day(details.issueDate, business),
    dueDate: day(details.dueDate, business),
    terms: describeTerms(details.terms),
    currency,
    subtotal: amount(amounts.totals.net),
    taxTotal: amount(amounts.totals.tax),
    total: amount(amounts.totals.total),
    amountPaid: plan.paid === 0 ? '' : amount(plan.paid),
    paidDate: plan.paid === 0 ? '' : day(plan.paidDate, business),
    buyerReference: details.buyerReference,
    notes: details.notes,
    description: amounts.lines.map((line) => line.description.split('\n')[0] ?? '').join('; '),
    lines: String(amounts.lines.length),
  };
}

function statusOf(plan: InvoicePlan): string {
  if (plan.isDraft) return 'draft';
  if (plan.paid === 0) return plan.amounts.totals.total === 0 ? 'paid' : 'sent';
  return plan.paid === plan.amounts.totals.total ? 'paid' : 'partly_paid';
}

function describeTerms(terms: PaymentTerms | null): string {
  if (terms === null) return '';
  return terms.kind === 'on_receipt' ? '0' : String(terms.days);
}

/** The month in letters, so that the order of day and month can be checked at a glance. */
function day(date: string, { formats }: BusinessInput): string {
  const format = new Intl.DateTimeFormat(formats, { dateStyle: 'medium', timeZone: 'UTC' });
  const spelled = new Intl.DateTimeFormat(formats, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const moment = new Date(`${date}T00:00:00Z`);
  const text = spelled.format(moment);
  return /\p{L}/u.test(text) ? text : format.format(moment);
}

function money(
  value: number,
  currency: CurrencyCode,
  { formats }: BusinessInput,
  mostDecimals: number = decimalsOf(currency),
): string {
  return new Intl.NumberFormat(formats, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: decimalsOf(currency),
    maximumFractionDigits: mostDecimals,
  }).format(value);
}
