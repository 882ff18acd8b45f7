import { sql } from 'drizzle-orm';

import { syncMutations, syncRecords } from '../../../backend/kit/database/kit-tables';
import { referencesOf } from '../../../src/core/sync/push';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../../src/shared/contracts/sync/collections';
import type { PushRequest } from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Databases } from './databases';

/** Notes what comes before the records that it refers to (R18), while no backup was put back. */
export class EarlyReferences {
  /** A line for each. */
  readonly found: string[] = [];
  /** Uids that were there once: nothing but a backup takes them away. */
  readonly #known = new Set<string>();
  #isPendingExpected = false;

  constructor(
    private readonly databases: Databases,
    private readonly tenant: BusinessUid,
  ) {}

  /** From here on a document may refer to what is gone with what was after a backup (R20). */
  expectPending(): void {
    this.#isPendingExpected = true;
  }

  async check(collection: SyncCollection, { mutations }: PushRequest): Promise<void> {
    if (this.#isPendingExpected) return;
    const references = mutations.flatMap(({ body }) =>
      body.kind === 'create' || body.kind === 'finalise' ? referencesOf(collection, body) : [],
    );
    for (const { collection: to, uid } of references) {
      if (to === 'assets' || mutations.some((one) => one.uid === uid)) continue;
      if (await this.#isSettled(to, uid)) this.#known.add(uid);
      else this.found.push(`${collection} came before ${to} ${uid}`);
    }
  }

  /** What refers to a record that the cloud has refused waits for it no longer. */
  async #isSettled(collection: SyncCollection, uid: string): Promise<boolean> {
    if (this.#known.has(uid)) return true;
    const { db } = this.databases.of[SYNC_COLLECTIONS[collection].service];
    const [held] = await db
      .select({ uid: syncRecords.uid })
      .from(syncRecords)
      .where(sql`tenant = ${this.tenant} and collection = ${collection} and uid = ${uid}`);
    if (held !== undefined) return true;
    const [refused] = await db
      .select({ uid: syncMutations.uid })
      .from(syncMutations)
      .where(
        sql`tenant = ${this.tenant} and uid = ${uid} and json_value(outcome, '$.kind') = 'rejected'`,
      );
    return refused !== undefined;
  }
}
