import type { RecordName, RecordPage, ShownField } from '../../shared/contracts/app-api/sync';
import type { SyncCollection } from '../../shared/contracts/sync/collections';
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
import type { SyncedRecord } from './collection-adapter';
import { paymentsAdapter } from './collections/payments';
import { sendsAdapter } from './collections/sends';
import { settingsAdapter } from './collections/settings';

/** What an item is about, as every list of them says it. */
export function nameOf(scope: ReadScope, { id, collection, recordUid, at }: AttentionRow) {
  return { id, at, ...recordName(scope, collection, recordUid) };
}

/** A record by its name, with the page that shows it. */
export function recordName(scope: ReadScope, collection: SyncCollection, uid: string): RecordName {
  const title = adapterOf(collection).title(scope, uid);
  return { collection, uid, title, page: pageOf(scope, collection, uid) };
}

function pageOf(scope: ReadScope, collection: SyncCollection, uid: string): RecordPage | null {
  switch (collection) {
    case 'clients':
      return { of: 'client', uid };
    case 'products':
      return { of: 'product', uid };
    case 'orders':
      return { of: 'order', uid };
    case 'invoices':
    case 'documents':
      return { of: 'invoice', uid };
    case 'payments':
      return invoicePage(paymentsAdapter.read(scope, uid));
    case 'sends':
      return invoicePage(sendsAdapter.read(scope, uid));
    case 'settings': {
      const shown = settingsAdapter.read(scope, uid);
      return shown === null ? null : { of: shown.record.type, uid };
    }
    case 'assets':
      return null;
  }
}

function invoicePage(shown: SyncedRecord<'payments' | 'sends'> | null): RecordPage | null {
  return shown === null ? null : { of: 'invoice', uid: shown.record.invoiceUid };
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
