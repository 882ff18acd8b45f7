import { eq, sql } from 'drizzle-orm';

import type { DocumentLanguage, TaxSnapshot } from '../../../shared/domain/tax';
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

interface Interned {
  readonly snapshot: TaxSnapshot;
  readonly id: number;
}

/**
 * What is known inside one transaction, by the uid of the tax code. A cache that outlived it could
 * name rows that a rollback took away.
 */
const known = new WeakMap<WriteScope, Map<string, Interned[]>>();

/** The row of a tax snapshot, each different one stored once. */
export function internTaxSnapshot(scope: WriteScope, snapshot: TaxSnapshot): number {
  let all = known.get(scope);
  if (all === undefined) {
    all = new Map();
    known.set(scope, all);
  }
  let ofCode = all.get(snapshot.uid);
  if (ofCode === undefined) {
    ofCode = [];
    all.set(snapshot.uid, ofCode);
  }
  const cached = ofCode.find((one) => isSameSnapshot(one.snapshot, snapshot));
  if (cached !== undefined) return cached.id;
  const text = JSON.stringify(snapshot);
  const id = idOf(scope.db).get({ snapshot: text })?.id ?? insert(scope, { snapshot });
  ofCode.push({ snapshot, id });
  return id;
}

/** Compares at less than the cost of their JSON: every line of a pull asks. */
function isSameSnapshot(one: TaxSnapshot, other: TaxSnapshot): boolean {
  if (one.rate !== other.rate || one.category !== other.category || one.name !== other.name) {
    return false;
  }
  const languages = Object.keys(one.reasons) as DocumentLanguage[];
  return (
    languages.length === Object.keys(other.reasons).length &&
    languages.every((language) => one.reasons[language] === other.reasons[language])
  );
}
