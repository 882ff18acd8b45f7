import type { ShownField } from '../../shared/contracts/app-api/sync';
import type { FieldConflict } from '../../shared/contracts/sync/protocol';
import type { CurrencyCode } from '../../shared/domain/currency';
import { currencyCode } from '../../shared/domain/currency';
import type { Issue } from '../../shared/domain/result';
import { issue } from '../../shared/domain/result';
import type { PlainRecord } from '../../shared/sync/field-paths';
import { isSameValue, valueAt } from '../../shared/sync/field-paths';
import type { ReadScope } from '../replica/replica';
import { adapterOf } from './adapters';
import type { AttentionRow } from './attention';

/** What an item is about, as every list of them says it. */
export function nameOf(scope: ReadScope, { id, collection, recordUid: uid, at }: AttentionRow) {
  return { id, collection, uid, title: adapterOf(collection).title(scope, uid), at };
}

/** A record as it is shown; null where there is none. */
export function shownRecord(
  scope: ReadScope,
  { collection, recordUid }: Pick<AttentionRow, 'collection' | 'recordUid'>,
): PlainRecord | null {
  return adapterOf(collection).read(scope, recordUid)?.record ?? null;
}

/** Fields with what stands there now, which may be newer than what was told. */
export function withNow(
  shown: PlainRecord | null,
  fields: readonly FieldConflict[],
): FieldConflict[] {
  if (shown === null) return [...fields];
  return fields.map((field) => ({ ...field, theirs: valueAt(shown, field.path) }));
}

/** The fields that are not as somebody was shown them: he would decide about them blindly (R37). */
export function changedSinceShown(
  fields: readonly FieldConflict[],
  shown: readonly ShownField[],
): readonly Issue[] {
  const seen = new Map(shown.map((field) => [field.path, field]));
  return fields
    .filter(({ path, mine, theirs }) => {
      const one = seen.get(path);
      return one === undefined || !isSameValue(one.mine, mine) || !isSameValue(one.theirs, theirs);
    })
    .map(({ path }) => issue(path, 'changed_since_shown'));
}

/** The currency that the amounts of a record are in; null where it has none of its own. */
export function currencyOf(record: PlainRecord | null): CurrencyCode | null {
  return currencyCode.safeParse(record?.['currency']).data ?? null;
}
