import { eq, sql } from 'drizzle-orm';

import type { Client } from '../../../shared/domain/client';
import { client } from '../../../shared/domain/client';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import { clients } from '../../replica/schema';

const byUid = prepared((db) =>
  db
    .select()
    .from(clients)
    .where(eq(clients.uid, sql.placeholder('uid')))
    .prepare(),
);

/** The client of a document, deleted ones included; null when it is not (yet) on this machine. */
export function readClient(scope: ReadScope, uid: string | null): Client | null {
  const row = uid === null ? undefined : byUid(scope.db).get({ uid });
  return row === undefined ? null : client.parse(row);
}
