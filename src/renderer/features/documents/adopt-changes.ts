import { diffFields } from '../../../shared/sync/diff-fields';
import type { PlainRecord } from '../../../shared/sync/field-paths';
import { isSameValue, valueAt, withValues } from '../../../shared/sync/field-paths';
import { LINE_ORDER } from '../../../shared/sync/field-rules';
import type { History } from './document-history';
import { keptContent } from './line-edits';

/** An invoice's or an order's content. */
export type Draft = Parameters<typeof keptContent>[0] & PlainRecord;

/** What somebody else made of a draft. */
export interface ChangeElsewhere<Content> {
  /** What this editor kept last, as it was typed. */
  readonly typed: Content;
  /** The same as the core reads it: trimmed, and with what was left out. */
  readonly read: Content;
  /** What stands there now. */
  readonly stored: Content;
}

/** The paths (field-paths.ts) that the step under way has changed: what is being typed now. */
export function pathsBeingTyped<Content extends PlainRecord>(
  history: History<Content>,
): ReadonlySet<string> {
  const before = history.past.at(-1);
  if (history.topic === null || before === undefined) return new Set();
  return new Set(Object.keys(diffFields(before, history.present)));
}

/**
 * `shown` with the changes from elsewhere in it. Everything that nobody else changed stays as it is
 * shown, with its spaces and the lines nobody has written on; so does what was typed over since, and
 * `typing`, which is not replaced under somebody's hands (R72).
 */
export function adoptChanges<Content extends Draft>(
  shown: Content,
  { typed, read, stored }: ChangeElsewhere<Content>,
  typing: ReadonlySet<string>,
): Content {
  const kept = keptContent(shown);
  const theirs = Object.entries(diffFields(read, stored)).filter(
    ([path]) =>
      path === LINE_ORDER ||
      (!typing.has(path) && isSameValue(valueAt(kept, path), valueAt(typed, path))),
  );
  if (theirs.length === 0) return shown;
  const values = new Map(theirs.map(([path, { to }]) => [path, to]));
  // Fields and lines of a content, at their places: a content.
  return withValues(shown, values) as Content;
}
