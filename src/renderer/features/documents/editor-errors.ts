import type { TFunction } from 'i18next';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { LineUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import type { Issue } from '../../../shared/domain/result';
import { rootOf } from '../../../shared/sync/field-paths';
import type { Formats } from '../../ui/formats-context';
import { describeIssue } from '../../ui/issues';
import type { LineErrors } from './line-row';

/** What is wrong with a document, sorted to where it is shown. */
export interface EditorErrors {
  readonly fields: Readonly<Record<string, string>>;
  readonly lines: ReadonlyMap<LineUid, LineErrors>;
  /** Everything once more for the summary, with where to go for it. */
  readonly list: readonly FoundError[];
}

export interface FoundError {
  readonly text: string;
  /** Null when no field of the editor can mend it. */
  readonly place: ErrorPlace | null;
}

export type ErrorPlace =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'line'; readonly uid: LineUid; readonly cell: string };

export const NO_EDITOR_ERRORS: EditorErrors = { fields: {}, lines: new Map(), list: [] };

const LINE_FIELD = /^lines\.(\d+)\.([A-Za-z]+)/;
const LINE_CELLS = ['description', 'quantity', 'unit', 'unitPrice', 'discount', 'tax'] as const;

/**
 * Puts issues beside their fields. Those of lines name the line by its place among the lines that
 * were sent (`sent`), which leave out the blank ones.
 */
export function editorErrors(
  t: TFunction,
  issues: readonly Issue[],
  sent: readonly LineItem[],
  currency: CurrencyCode,
  formats: Formats,
  fieldNames: Readonly<Record<string, string>>,
): EditorErrors {
  const fields: Record<string, string> = {};
  const lines = new Map<LineUid, Record<string, string>>();
  const list: FoundError[] = [];
  for (const issue of issues) {
    const isEmpty = issue.field === 'lines' && issue.code === 'required';
    const text = isEmpty
      ? t('document.linesRequired')
      : describeIssue(t, withCurrency(issue, currency), formats);
    const inLine = LINE_FIELD.exec(issue.field);
    const index = Number(inLine?.[1]);
    const line = inLine ? sent[index] : undefined;
    const cell = LINE_CELLS.find((name) => name === inLine?.[2]);
    if (line && cell) {
      lines.set(line.uid, { [cell]: text, ...lines.get(line.uid) });
      const where = t('document.lineField', { number: index + 1, field: t(`document.${cell}`) });
      list.push({
        text: t('document.errorAt', { where, text }),
        place: { kind: 'line', uid: line.uid, cell },
      });
      continue;
    }
    const field = rootOf(issue.field);
    const name = fieldNames[field];
    if (name === undefined) list.push({ text, place: null });
    else {
      fields[field] ??= text;
      list.push({
        text: t('document.errorAt', { where: name, text }),
        place: { kind: 'field', field },
      });
    }
  }
  return { fields, lines, list };
}

/** Amounts of an issue are in the document's currency unless it says otherwise. */
export function withCurrency(issue: Issue, currency: CurrencyCode): Issue {
  return { ...issue, params: { currency, ...issue.params } };
}

/** Puts the cursor where an error can be mended; answers whether the field could take it. */
export function goToError(root: HTMLElement | null, place: ErrorPlace): boolean {
  const selector =
    place.kind === 'line'
      ? `[data-line="${place.uid}"] [data-cell="${place.cell}"]`
      : place.field === 'lines'
        ? '[data-line] [data-cell="description"]'
        : `[data-field="${place.field}"] :is(input, textarea, select):not([type="hidden"])`;
  const target = root?.querySelector<HTMLElement>(selector);
  target?.scrollIntoView({ block: 'center' });
  target?.focus();
  return target !== null && target !== undefined && document.activeElement === target;
}
