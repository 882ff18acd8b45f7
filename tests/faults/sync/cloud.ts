import { asc, eq, sql } from 'drizzle-orm';

import { syncMutations, syncRecords } from '../../../backend/kit/database/kit-tables';
import { transact } from '../../../backend/kit/database/database';
import { headsOf } from '../../../backend/kit/sync/heads';
import { pullPage } from '../../../backend/kit/sync/pull-page';
import { pushBatch } from '../../../backend/kit/sync/push-batch';
import type { SyncedCollection } from '../../../backend/kit/sync/synced-collection';
import {
  insertBusiness,
  lockBusiness,
} from '../../../backend/services/auth/db/business-repository';
import { registerDevice } from '../../../backend/services/auth/db/device-repository';
import * as authSchema from '../../../backend/services/auth/db/schema';
import { settingsCollection } from '../../../backend/services/auth/sync/settings-collection';
import { clientsCollection } from '../../../backend/services/clients/sync/clients-collection';
import { createSyncedCollections } from '../../../backend/services/invoices/sync/collections';
import { syncedCollections as ordersCollections } from '../../../backend/services/orders/sync/collections';
import { settingsOf } from '../../../backend/services/invoices/testing/scratch-context';
import { referencesOf } from '../../../src/core/sync/push';
import type { PullPosition } from '../../../src/core/sync/transport';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../../src/shared/contracts/sync/collections';
import type {
  DeviceRegistration,
  Heads,
  PullAnswer,
  PushAnswer,
  PushRequest,
  RegisteredDevice,
} from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import { headsOfTenants } from '../../../backend/services/auth/db/head-repository';
import { checkProtocol } from '../../../backend/kit/sync/protocol-version';
import { Bus } from './bus';
import type { Backup } from './cloud-backup';
import { backUp, putBack, removeTenant } from './cloud-backup';
import type { Databases, SyncingService } from './databases';
import type { CloudServices } from './services';
import { createServices } from './services';
import { SYNCING } from './databases';

/** What the cloud holds of a record. */
export interface CloudRecord {
  readonly deleted: boolean;
  readonly record: Readonly<Record<string, unknown>>;
}

/** The cloud's own handlers on its own databases, for one business, without HTTP between. */
export class Cloud {
  readonly tenant = newUid<BusinessUid>();
  readonly services: CloudServices;
  readonly bus: Bus;
  readonly #collections: ReadonlyMap<SyncCollection, SyncedCollection>;

  constructor(
    readonly databases: Databases,
    private readonly now: () => Date,
  ) {
    this.services = createServices(databases, this.tenant, now);
    this.bus = new Bus(databases, this.tenant, this.services);
    const all = [
      settingsCollection,
      clientsCollection,
      ...ordersCollections,
      ...createSyncedCollections(now),
    ] as unknown as readonly SyncedCollection[];
    this.#collections = new Map(all.map((one) => [one.name, one]));
  }

  #db(collection: SyncCollection) {
    return this.databases.of[SYNC_COLLECTIONS[collection].service].db;
  }

  async createBusiness(): Promise<void> {
    const { db } = this.databases.of.auth;
    await transact(db, async (transaction) => {
      const user = {
        cognitoSub: this.tenant as string,
        email: `${this.tenant}@example.com`,
        emailKey: null,
        confirmedAt: null,
        createdAt: new Date(),
      };
      const [{ insertId }] = await transaction.insert(authSchema.users).values(user);
      await insertBusiness(
        transaction,
        { ...user, id: insertId },
        { tenant: this.tenant, settings: settingsOf(), records: [] },
      );
    });
  }

  async register(registration: DeviceRegistration): Promise<RegisteredDevice> {
    checkProtocol(registration.protocol);
    return await transact(this.databases.of.auth.db, async (transaction) => {
      await lockBusiness(transaction, this.tenant);
      return registerDevice(transaction, this.tenant, 1, registration);
    });
  }

  async push(collection: SyncCollection, request: PushRequest): Promise<PushAnswer> {
    const own = this.#collections.get(collection);
    if (own === undefined) throw new Error(`nobody keeps ${collection}`);
    await this.#noteEarly(collection, request);
    if (request.mutations.length > 0) this.tellings += 1;
    return await pushBatch(this.#db(collection), own, this.tenant, request);
  }

  /** How many batches were told, to see whether anything still moves. */
  tellings = 0;

  /** Mutations that came before what they refer to (R18), while no backup was put back. */
  readonly early: string[] = [];
  #wasRestored = false;

  /** From here on a document may refer to what is gone with what was after a backup (R20). */
  expectPending(): void {
    this.#wasRestored = true;
  }

  async #noteEarly(collection: SyncCollection, { mutations }: PushRequest): Promise<void> {
    if (this.#wasRestored) return;
    const references = mutations.flatMap(({ body }) =>
      body.kind === 'create' || body.kind === 'finalise' ? referencesOf(collection, body) : [],
    );
    for (const { collection: to, uid } of references) {
      if (to === 'assets' || mutations.some((one) => one.uid === uid)) continue;
      const [row] = await this.#db(to)
        .select({ uid: syncRecords.uid })
        .from(syncRecords)
        .where(sql`tenant = ${this.tenant} and collection = ${to} and uid = ${uid}`);
      if (row === undefined) this.early.push(`${collection} came before ${to} ${uid}`);
    }
  }

  async pull(
    collection: SyncCollection,
    { cursor, began, epoch }: PullPosition,
    protocol: number,
  ): Promise<PullAnswer> {
    const text = await pullPage(this.#db(collection), collection, this.tenant, {
      protocol,
      cursor,
      ...(began === null ? {} : { began }),
      ...(epoch === null ? {} : { epoch }),
    });
    return JSON.parse(text) as PullAnswer;
  }

  /** What `GET /sync/poll` answers who does not wait: as far as the auth service was told. */
  async poll(protocol: number): Promise<Heads> {
    checkProtocol(protocol);
    const found = await headsOfTenants(this.databases.of.auth.db, [this.tenant]);
    return found.get(this.tenant) ?? {};
  }

  /** Everything that a collection holds, by uid. */
  async records(collection: SyncCollection): Promise<ReadonlyMap<string, CloudRecord>> {
    const rows = await this.#db(collection)
      .select()
      .from(syncRecords)
      .where(sql`tenant = ${this.tenant} and collection = ${collection}`)
      .orderBy(asc(syncRecords.uid));
    return new Map(
      rows.map(({ uid, deleted, record }) => [
        uid,
        { deleted, record: JSON.parse(record) as CloudRecord['record'] },
      ]),
    );
  }

  /** The UUIDs of every mutation that was applied. */
  async applied(): Promise<ReadonlySet<string>> {
    const uuids = new Set<string>();
    for (const service of this.#keeping()) {
      const rows = await this.databases.of[service].db
        .select({ uuid: syncMutations.uuid })
        .from(syncMutations)
        .where(eq(syncMutations.tenant, this.tenant));
      for (const { uuid } of rows) uuids.add(uuid);
    }
    return uuids;
  }

  /** Where the collections stand that their services know of. */
  async heads(): Promise<Heads> {
    const found = await Promise.all(
      this.#keeping().map((service) => headsOf(this.databases.of[service].db, this.tenant)),
    );
    return Object.assign({}, ...found) as Heads;
  }

  async backUp(): Promise<Backup> {
    return await backUp(this.databases, this.tenant);
  }

  /** Puts a backup in place of what is there and begins new epochs, as operations do (R60). */
  async restore(backup: Backup, services: readonly SyncingService[]): Promise<void> {
    this.expectPending();
    await putBack(this.databases, this.tenant, backup, services, this.now());
  }

  async remove(): Promise<void> {
    await removeTenant(this.databases, this.tenant);
  }

  /** The services that keep a collection. */
  #keeping(): readonly SyncingService[] {
    const services = [...this.#collections.keys()].map((one) => SYNC_COLLECTIONS[one].service);
    return SYNCING.filter((service) => (services as readonly string[]).includes(service));
  }
}
