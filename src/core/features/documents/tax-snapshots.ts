import { eq, sql } from 'drizzle-orm';

import type { TaxSnapshot } from '../../../shared/domain/tax';
import { prepared } from '../../replica/prepared';
import type { WriteScope } from '../../replica/replica';
import { taxSnapshots } from '../../replica/schema';
import { preparedInsert } from './prepared-rows';

const insert = preparedInsert(taxSnapshots);

const idOf = prepared((db) =>
  db
    .select({ id: taxSnapshots.id })
    .from(taxSnapshots)
    .where(eq(taxSnapshots.snapshot, sql.placeholder('snapshot')))
    .prepare(),
);

/**
 * What is known inside one transaction. A cache that outlived it could name rows that a rollback
 * took away.
 */
const known = new WeakMap<WriteScope, Map<string, number>>();

/** The row of a tax snapshot, each different one stored once. */
export function internTaxSnapshot(scope: WriteScope, snapshot: TaxSnapshot): number {
  let ids = known.get(scope);
  if (ids === undefined) {
    ids = new Map();
    known.set(scope, ids);
  }
  const key = keyOf(snapshot);
  const cached = ids.get(key);
  if (cached !== undefined) return cached;
  const text = JSON.stringify(snapshot);
  const id = idOf(scope.db).get({ snapshot: text })?.id ?? insert(scope, { snapshot });
  ids.set(key, id);
  return id;
}

/** Tells snapshots apart at less than the cost of their JSON: every line of a pull asks. */
function keyOf({ uid, name, category, rate, reasons }: TaxSnapshot): string {
  let key = `${uid} ${category} ${rate} ${name}`;
  for (const [language, reason] of Object.entries(reasons)) key += `\u0000${language} ${reason}`;
  return key;
}
