import { asc, eq, sql } from 'drizzle-orm';

import type { TaxCode } from '../../../shared/domain/tax';
import { taxCode as taxCodeSchema } from '../../../shared/domain/tax';
import { prepared } from '../../replica/prepared';
import type { ReadScope, WriteScope } from '../../replica/replica';
import { taxCodes } from '../../replica/schema';

const all = prepared((db) => db.select().from(taxCodes).orderBy(asc(taxCodes.id)).prepare());

const byUid = prepared((db) =>
  db
    .select()
    .from(taxCodes)
    .where(eq(taxCodes.uid, sql.placeholder('uid')))
    .prepare(),
);

/** All tax codes in the order they were made, archived ones included. */
export function readTaxCodes(scope: ReadScope): TaxCode[] {
  return all(scope.db)
    .all()
    .map((row) => taxCodeSchema.parse(row));
}

/** One tax code, archived ones included; null when this replica has none of that uid. */
export function findTaxCode(scope: ReadScope, uid: string): TaxCode | null {
  const row = byUid(scope.db).get({ uid });
  return row === undefined ? null : taxCodeSchema.parse(row);
}

/** Stores a new tax code, in the caller's transaction; the caller records what it did. */
export function insertTaxCode(scope: WriteScope, taxCode: TaxCode): void {
  scope.db.insert(taxCodes).values(taxCode).run();
}

/** Stores a changed tax code, in the caller's transaction. Lines keep their snapshot. */
export function saveTaxCode(scope: WriteScope, { uid, ...fields }: TaxCode): void {
  scope.db.update(taxCodes).set(fields).where(eq(taxCodes.uid, uid)).run();
}
