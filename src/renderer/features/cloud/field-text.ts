import type { TFunction } from 'i18next';
import { z } from 'zod';

import type { SyncCollection } from '../../../shared/contracts/sync/collections';
import type { FieldConflict } from '../../../shared/contracts/sync/protocol';
import { countryName } from '../../../shared/domain/country-names';
import type { CurrencyCode } from '../../../shared/domain/currency';
import type { Discount, LineItem } from '../../../shared/domain/line-item';
import { discount } from '../../../shared/domain/line-item';
import { address } from '../../../shared/domain/party';
import { paymentTerms } from '../../../shared/domain/payment-terms';
import { taxCategory } from '../../../shared/domain/tax';
import { dependenciesOf } from '../../../shared/sync/field-rules';
import { spokenLanguage } from '../../i18n/i18n';
import { fieldLabel } from '../../ui/field-label';
import type { Formats } from '../../ui/formats-context';
import { termsText } from '../../ui/terms-text';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/u;
const period = z.object({ from: z.string(), to: z.string() });
const labelled = z.object({ label: z.string() });
const named = labelled.or(z.object({ name: z.string() }));
const image = z.object({ mime: z.string(), base64: z.string() });

/** What a line says and costs: two rows of text. */
export function lineText(
  t: TFunction,
  formats: Formats,
  line: LineItem,
  currency: CurrencyCode,
): string {
  const { description, quantity, unit, unitPrice, tax } = line;
  const costs = t('cloud.field.lineText', {
    quantity: `${formats.quantity(quantity)} ${unit}`.trim(),
    price: formats.unitPrice(unitPrice, currency),
    tax: tax.name,
  });
  return [
    description === '' ? t('cloud.field.noDescription') : description,
    line.discount === null
      ? costs
      : `${costs}, ${t('cloud.field.discountOf', {
          discount: discountText(formats, line.discount, currency),
        })}`,
  ].join('\n');
}

const described = z.object({ description: z.string().trim().min(1) });
const LONGEST_NAME = 60;

/** The word for a field; an item of a list is called by its own name, whichever side still has it. */
export function pathLabel(t: TFunction, { path, base, mine, theirs }: FieldConflict): string {
  const [field, item] = path.split('.');
  if (item === undefined || item === 'order') return fieldLabel(t, path);
  const values = [theirs, mine, base];
  if (field === 'lines') {
    const line = values.map((value) => described.safeParse(value).data).find(Boolean);
    if (line === undefined) return t('cloud.field.line');
    return t('cloud.field.lineOf', { description: shortened(line.description) });
  }
  const account = values.map((value) => labelled.safeParse(value).data).find(Boolean);
  if (field !== 'bankAccounts' || account === undefined) return fieldLabel(t, path);
  return t('cloud.field.bankAccountOf', { name: shortened(account.label) });
}

/** The fields that say something: an order of lines that only follows from them is none. */
export function telling<Field extends { readonly path: string }>(
  fields: readonly Field[],
): readonly Field[] {
  const others = fields.filter(({ path }) => !path.endsWith('.order'));
  return others.length > 0 ? others : fields;
}

/** The first line of a text, and no more of it than names it. */
function shortened(text: string): string {
  const [first = ''] = text.split('\n');
  return first.length > LONGEST_NAME ? `${first.slice(0, LONGEST_NAME).trimEnd()}…` : first;
}

/** The fields that a change goes together with, in words (field-rules.ts). */
export function companionLabels(
  t: TFunction,
  collection: SyncCollection,
  path: string,
): readonly string[] {
  return dependenciesOf(collection, path).map((name) =>
    fieldLabel(t, name === 'lines.*' ? 'lines' : name),
  );
}

/** The value of a field in words and the formats of the business; lists have a row each. */
export function fieldText(
  t: TFunction,
  formats: Formats,
  path: string,
  value: unknown,
  currency: CurrencyCode,
): string {
  if (value === null || value === undefined) {
    return t(path.includes('.') ? 'cloud.field.notThere' : 'cloud.field.empty');
  }
  // Whose names are not here; which lines there are is told beside it.
  if (path.endsWith('.order') && Array.isArray(value)) {
    return t('cloud.field.orderOf', { count: value.length });
  }
  const known = knownText(t, formats, path, value, currency);
  return known ?? plainText(t, formats, value);
}

/** Fields whose values are codes or belong together; null for all others. */
function knownText(
  t: TFunction,
  formats: Formats,
  path: string,
  value: unknown,
  currency: CurrencyCode,
): string | null {
  switch (path) {
    case 'terms': {
      const terms = paymentTerms.safeParse(value);
      return terms.success ? termsText(t, terms.data) : null;
    }
    case 'discount': {
      const reduction = discount.safeParse(value);
      return reduction.success ? discountText(formats, reduction.data, currency) : null;
    }
    case 'address': {
      const place = address.safeParse(value);
      if (!place.success) return null;
      const country = countryName(place.data.country, spokenLanguage());
      return plainText(t, formats, { ...place.data, country });
    }
    case 'category': {
      const category = taxCategory.safeParse(value);
      return category.success ? t(`tax.categories.${category.data}`) : null;
    }
    case 'status':
      return typeof value === 'string'
        ? t(`status.order.${value}` as 'status.order.pending', { defaultValue: value })
        : null;
    case 'rate':
      return typeof value === 'number' ? percentText(formats, value) : null;
    case 'unitPrice':
      return typeof value === 'number' ? formats.unitPrice(value, currency) : null;
    default:
      return null;
  }
}

function discountText(formats: Formats, reduction: Discount, currency: CurrencyCode): string {
  return reduction.kind === 'percent'
    ? percentText(formats, reduction.percent)
    : formats.amount(reduction.amount, currency);
}

function percentText(formats: Formats, percent: number): string {
  return `${formats.percent(percent)}\u00a0%`;
}

function plainText(t: TFunction, formats: Formats, value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (value === '') return t('cloud.field.empty');
      return ISO_DATE.test(value) ? formats.date(value) : value;
    case 'boolean':
      return t(value ? 'cloud.field.yes' : 'cloud.field.no');
    case 'number':
      return formats.count(value);
    case 'object':
      return value === null ? t('cloud.field.empty') : objectText(t, formats, value);
    default:
      return t('cloud.field.empty');
  }
}

function objectText(t: TFunction, formats: Formats, value: object): string {
  const dates = period.safeParse(value);
  if (dates.success) {
    const { from, to } = dates.data;
    return from === to ? formats.date(from) : `${formats.date(from)} – ${formats.date(to)}`;
  }
  const name = named.safeParse(value);
  if (name.success) return 'label' in name.data ? name.data.label : name.data.name;
  if (image.safeParse(value).success) return t('cloud.field.image');
  const parts = Object.values(value).filter((part) => part !== null && part !== '');
  if (parts.length === 0) return t('cloud.field.empty');
  return parts.map((part) => plainText(t, formats, part)).join('\n');
}
