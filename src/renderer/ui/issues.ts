import type { TFunction } from 'i18next';

import type { Issue } from '../../shared/domain/result';
import type { Formats } from './formats-context';

/** Parameters of an issue that are amounts in minor units, see `params.currency`. */
const AMOUNTS = new Set(['amount', 'total', 'balance', 'paid', 'stated', 'computed']);
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The sentence for an issue, from its code, where there is one from its field too (what to write
 * there); parameters are formatted for the eye. A code without a sentence gets a general one: people
 * never read a code.
 */
export function describeIssue(t: TFunction, issue: Issue, formats: Formats): string {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(issue.params ?? {})) {
    params[name] = formatParam(name, value, issue, formats);
  }
  const field = issue.field.split('.').at(-1) ?? '';
  for (const key of [`issueField.${field}.${issue.code}`, `issue.${issue.code}`]) {
    const known = t(key as 'issue.required', { ...params, defaultValue: '' });
    if (known !== '') return known;
  }
  return t('issue.unknown');
}

function formatParam(
  name: string,
  value: string | number,
  issue: Issue,
  formats: Formats,
): string | number {
  if (typeof value === 'string') return ISO_DATE.test(value) ? formats.date(value) : value;
  if (name === 'quantity') return formats.quantity(value);
  const currency = issue.params?.['currency'];
  if (!AMOUNTS.has(name) || typeof currency !== 'string') return value;
  return formats.money(value, currency as typeof formats.homeCurrency);
}

export interface FieldErrors {
  /** By path of the field, as the form knows it. */
  readonly fields: Readonly<Record<string, string>>;
  /** What belongs to no field of the form: shown on top of it. */
  readonly rest: readonly string[];
}

export const NO_ERRORS: FieldErrors = { fields: {}, rest: [] };

/**
 * Puts each issue to its field. `prefix` is what the method's input wraps the form in (`client.`);
 * an issue of a part (`address.city`) goes to that field, or to its nearest known parent.
 */
export function fieldErrors(
  t: TFunction,
  issues: readonly Issue[],
  formats: Formats,
  form: { readonly prefix?: string; readonly knows: (field: string) => boolean },
): FieldErrors {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const issue of issues) {
    const path =
      form.prefix !== undefined && issue.field.startsWith(form.prefix)
        ? issue.field.slice(form.prefix.length)
        : issue.field;
    const field = nearestField(path, form.knows);
    const sentence = describeIssue(t, issue, formats);
    if (field === null) rest.push(sentence);
    else fields[field] ??= sentence;
  }
  return { fields, rest };
}

function nearestField(path: string, knows: (field: string) => boolean): string | null {
  const parts = path.split('.');
  while (parts.length > 0) {
    const candidate = parts.join('.');
    if (candidate !== '' && knows(candidate)) return candidate;
    parts.pop();
  }
  return null;
}
