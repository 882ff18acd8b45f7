import { createHash } from 'node:crypto';

import type { Replica } from '../replica/replica';

/** A hash of everything in the replica: equal before and after what changes nothing. */
export function contentHash(replica: Replica): string {
  return createHash('sha256').update(replica.connection.serialize()).digest('hex');
}
