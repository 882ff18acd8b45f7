import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

import type * as schema from './schema';

/** The replica's tables through drizzle. */
export type ReplicaDb = BetterSQLite3Database<typeof schema>;
