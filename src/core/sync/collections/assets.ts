import { eq } from 'drizzle-orm';

import { sha256Of } from '../../features/documents/frozen-store';
import { assets } from '../../replica/schema';
import type { CollectionAdapter } from '../collection-adapter';

/** Logos, by the SHA-256 of their data. */
export const assetsAdapter: CollectionAdapter<'assets'> = {
  collection: 'assets',

  read(scope, uid) {
    const found = scope.db.select().from(assets).where(eq(assets.sha256, uid)).get();
    return found === undefined
      ? null
      : { record: { uid: found.sha256, data: found.data }, deleted: false };
  },

  store(scope, records) {
    for (const { record } of records) {
      const { uid, data } = record;
      if (sha256Of(data) !== uid) throw new Error(`asset ${uid} is not what its name says`);
      scope.db.insert(assets).values({ sha256: uid, data }).onConflictDoNothing().run();
    }
    return [];
  },

  referencesOf: () => [],
  title: () => '',
  uids: (scope) =>
    scope.db
      .select({ uid: assets.sha256 })
      .from(assets)
      .all()
      .map(({ uid }) => uid),
};
