/** A record as sync sees it: plain JSON. */
export type PlainRecord = Readonly<Record<string, unknown>>;

interface WithUid {
  readonly uid: string;
}

/** Whether a value is a list of things that are told apart by their `uid` (lines, bank accounts). */
export function isListOfRecords(value: unknown): value is readonly WithUid[] {
  return (
    Array.isArray(value) &&
    value.every((item) => typeof item === 'object' && item !== null && 'uid' in item)
  );
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return (a ?? null) === (b ?? null);
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSameValue(item, b[index]))
    );
  }
  const [one, other] = [a as PlainRecord, b as PlainRecord];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSameValue(one[key], other[key]));
}

/** The field that a path begins with. */
export function rootOf(path: string): string {
  return splitPath(path)[0];
}

/**
 * The value at a path: a field, `list.<uid>` (null when it is not there) or `list.order` (the uids
 * in their order).
 */
export function valueAt(record: PlainRecord, path: string): unknown {
  const [field, key] = splitPath(path);
  const value = record[field];
  if (key === null) return value ?? null;
  const list = isListOfRecords(value) ? value : [];
  if (key === 'order') return list.map((item) => item.uid);
  return list.find((item) => item.uid === key) ?? null;
}

/** The record with other values at some paths. A new item of a list stands at its end. */
export function withValues(
  record: PlainRecord,
  values: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  const next: Record<string, unknown> = { ...record };
  const orders: [string, readonly string[]][] = [];
  for (const [path, value] of values) {
    const [field, key] = splitPath(path);
    if (key === null) next[field] = value;
    else if (key === 'order') orders.push([field, value as readonly string[]]);
    else next[field] = withItem(listOf(next, field), key, value as WithUid | null);
  }
  for (const [field, order] of orders) next[field] = inOrder(listOf(next, field), order);
  return next;
}

function splitPath(path: string): readonly [string, string | null] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path, null] : [path.slice(0, dot), path.slice(dot + 1)];
}

function listOf(record: PlainRecord, field: string): readonly WithUid[] {
  const value = record[field];
  return isListOfRecords(value) ? value : [];
}

function withItem(list: readonly WithUid[], uid: string, item: WithUid | null): readonly WithUid[] {
  if (item === null) return list.filter((one) => one.uid !== uid);
  return list.some((one) => one.uid === uid)
    ? list.map((one) => (one.uid === uid ? item : one))
    : [...list, item];
}

/**
 * The list in the wanted order. What the order does not name stays behind its neighbour of before:
 * two people who each add a line both find theirs where they put it.
 */
function inOrder(list: readonly WithUid[], order: readonly string[]): readonly WithUid[] {
  const items = new Map(list.map((item) => [item.uid, item]));
  const named = new Set(order);
  const sorted = order.filter((uid) => items.has(uid));
  list.forEach((item, index) => {
    if (named.has(item.uid)) return;
    const before = list[index - 1]?.uid;
    const place = before === undefined ? 0 : sorted.indexOf(before) + 1;
    sorted.splice(place, 0, item.uid);
  });
  return sorted.flatMap((uid) => items.get(uid) ?? []);
}
