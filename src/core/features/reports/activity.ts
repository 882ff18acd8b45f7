import { and, desc, eq, sql } from 'drizzle-orm';

import type { ParsedInput } from '../../../shared/contracts/app-api';
import type { ActivityEntry } from '../../../shared/contracts/app-api/reports';
import { activityEntry } from '../../../shared/contracts/app-api/reports';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import { activity } from '../../replica/schema';

const ofRecord = prepared((db) =>
  db
    .select()
    .from(activity)
    .where(
      and(
        eq(activity.recordUid, sql.placeholder('uid')),
        eq(activity.collection, sql.placeholder('collection')),
      ),
    )
    .orderBy(desc(activity.id))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** What was done to a record, newest first. */
export function readActivity(
  scope: ReadScope,
  input: ParsedInput<'activity.ofRecord'>,
): ActivityEntry[] {
  return ofRecord(scope.db)
    .all({ ...input })
    .map(({ recordUid, ...entry }) => activityEntry.parse({ ...entry, uid: recordUid }));
}
