import { sql } from 'drizzle-orm';

import type { Business } from '../../shared/domain/business';
import { businessUid } from '../../shared/domain/ids';
import { prepared } from '../replica/prepared';
import type { ReadScope } from '../replica/replica';
import { businesses } from '../replica/schema';

const only = prepared((db) => db.select().from(businesses).limit(1).prepare());

/** The business that this replica belongs to. */
export function readBusiness(scope: ReadScope): Business {
  const row = only(scope.db).get();
  if (!row) throw new Error('a replica without its business');
  return {
    ...row.data,
    uid: businessUid.parse(row.uid),
    isDemo: row.isDemo,
    createdAt: row.createdAt,
  };
}

const zone = prepared((db) =>
  db
    .select({ timeZone: sql<string>`json_extract(data, '$.timeZone')` })
    .from(businesses)
    .limit(1)
    .prepare(),
);

/** The time zone that decides which day it is for the business. */
export function readTimeZone(scope: ReadScope): string {
  const row = zone(scope.db).get();
  if (!row) throw new Error('a replica without its business');
  return row.timeZone;
}
