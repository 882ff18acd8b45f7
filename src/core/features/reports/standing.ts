import { and, isNull, sql } from 'drizzle-orm';

import type { ParsedInput } from '../../../shared/contracts/app-api';
import type { ReadScope } from '../../replica/replica';
import { clients, invoices, orders, products } from '../../replica/schema';

const TABLES = { clients, products, orders, invoices } as const;

/** Those of some records that are there and not deleted. */
export function readStanding(
  { db }: ReadScope,
  { collection, uids }: ParsedInput<'records.standing'>,
): string[] {
  const table = TABLES[collection];
  const isAsked = sql`${table.uid} IN (SELECT value FROM json_each(${JSON.stringify(uids)}))`;
  return db
    .select({ uid: table.uid })
    .from(table)
    .where(and(isAsked, isNull(table.deletedAt)))
    .all()
    .map(({ uid }) => uid);
}
