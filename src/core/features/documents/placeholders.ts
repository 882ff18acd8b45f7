import type { FrozenDocument } from '../../../shared/domain/frozen-document';

/**
 * A copy for the preview of a draft, in which a question mark stands for each character that no
 * font has. The preview names those characters; finalising refuses them.
 */
export function withPlaceholders(
  frozen: FrozenDocument,
  missing: readonly string[],
): FrozenDocument {
  const unprintable = new Set(missing);
  return replaceIn(frozen, (text) =>
    Array.from(text.normalize('NFC'), (character) =>
      unprintable.has(character) ? '?' : character,
    ).join(''),
  );
}

/** The same structure with every string changed. */
function replaceIn<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value) as Value;
  if (Array.isArray(value)) return value.map((item) => replaceIn<unknown>(item, change)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaceIn<unknown>(item, change)]),
  ) as Value;
}
