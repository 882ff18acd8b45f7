import { asc, eq, sql } from 'drizzle-orm';

import type { SettingsRecord } from '../../../shared/contracts/sync/records';
import { businessInput } from '../../../shared/domain/business';
import { numberSeries } from '../../../shared/domain/number-series';
import { taxCode } from '../../../shared/domain/tax';
import { pick } from '../../../shared/sync/pick';
import {
  businessRecordOf,
  seriesRecordOf,
  taxCodeRecordOf,
} from '../../../shared/sync/wire-records';
import { readBusiness } from '../../businesses/business-repository';
import {
  findTaxCode,
  insertTaxCode,
  saveTaxCode,
} from '../../features/settings/tax-code-repository';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { businesses, series, taxCodes } from '../../replica/schema';
import type { CollectionAdapter } from '../collection-adapter';
import { keepPeriodsOf } from './issued-numbers';

/** The profile of the business, its tax codes and its number series. None of them is ever deleted. */
export const settingsAdapter: CollectionAdapter<'settings'> = {
  collection: 'settings',

  read(scope, uid) {
    const record = find(scope, uid);
    return record === null ? null : { record, deleted: false };
  },

  store(scope, records) {
    for (const { record } of records) storeOne(scope, record);
    scope.touch(['settings']);
    return [];
  },

  referencesOf: () => [],
  title(scope, uid) {
    const record = find(scope, uid);
    if (record === null) return '';
    return record.type === 'series' ? record.pattern : record.name;
  },
  uids: (scope) =>
    [
      ...scope.db.select({ uid: businesses.uid }).from(businesses).all(),
      ...scope.db.select({ uid: taxCodes.uid }).from(taxCodes).orderBy(asc(taxCodes.id)).all(),
      ...scope.db.select({ uid: series.uid }).from(series).orderBy(asc(series.id)).all(),
    ].map(({ uid }) => uid),
};

const seriesOf = prepared((db) =>
  db
    .select()
    .from(series)
    .where(eq(series.uid, sql.placeholder('uid')))
    .prepare(),
);

function find(scope: ReadScope, uid: string): SettingsRecord | null {
  const code = findTaxCode(scope, uid);
  if (code !== null) return taxCodeRecordOf(code);
  const own = seriesOf(scope.db).get({ uid });
  if (own !== undefined) return seriesRecordOf(numberSeries.parse(own));
  const business = readBusiness(scope);
  return business.uid === uid ? businessRecordOf(business) : null;
}

/** Whether this device takes its numbers from a series is for this device alone to say (R3). */
const upsertSeries = prepared((db) =>
  db
    .insert(series)
    .values({
      uid: sql.placeholder('uid'),
      kind: sql.placeholder('kind'),
      issuer: sql.placeholder('issuer'),
      letter: sql.placeholder('letter'),
      pattern: sql.placeholder('pattern'),
      resetsYearly: sql.placeholder('resetsYearly'),
      isCurrent: false,
    })
    .onConflictDoUpdate({
      target: series.uid,
      set: {
        kind: sql`excluded.kind`,
        issuer: sql`excluded.issuer`,
        letter: sql`excluded.letter`,
        pattern: sql`excluded.pattern`,
        resetsYearly: sql`excluded.resets_yearly`,
      },
    })
    .prepare(),
);

function storeOne(scope: WriteScope, record: SettingsRecord): void {
  switch (record.type) {
    case 'business': {
      const { uid, createdAt } = record;
      const data = pick(businessInput, record);
      scope.db.update(businesses).set({ data, createdAt }).where(eq(businesses.uid, uid)).run();
      return;
    }
    case 'tax_code': {
      const code = pick(taxCode, record);
      if (findTaxCode(scope, record.uid) === null) insertTaxCode(scope, code);
      else saveTaxCode(scope, code);
      return;
    }
    case 'series': {
      upsertSeries(scope.db).run(pick(numberSeries, record));
      // Documents with its numbers may have come before it.
      keepPeriodsOf(scope, record.uid);
    }
  }
}
