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
