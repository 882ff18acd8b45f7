import { asc, eq, getTableColumns, is, sql } from 'drizzle-orm';
import { getTableConfig, MySqlTable } from 'drizzle-orm/mysql-core';
import type { RowDataPacket } from 'mysql2';

import { headsOf, renewEpochs } from '../../../backend/kit/sync/heads';
import { syncMutations, syncRecords } from '../../../backend/kit/database/kit-tables';
import { transact } from '../../../backend/kit/database/database';
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
import * as clientsSchema from '../../../backend/services/clients/db/schema';
import { clientsCollection } from '../../../backend/services/clients/sync/clients-collection';
import * as invoicesSchema from '../../../backend/services/invoices/db/schema';
import { createSyncedCollections } from '../../../backend/services/invoices/sync/collections';
import * as ordersSchema from '../../../backend/services/orders/db/schema';
import { syncedCollections as ordersCollections } from '../../../backend/services/orders/sync/collections';
import { settingsOf } from '../../../backend/services/invoices/testing/scratch-context';
import { referencesOf } from '../../../src/core/sync/push';
import type { PullPosition } from '../../../src/core/sync/transport';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../../src/shared/contracts/sync/collections';
import type {
  DeviceRegistration,
  PullAnswer,
  PushAnswer,
  PushRequest,
  RegisteredDevice,
} from '../../../src/shared/contracts/sync/protocol';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { Databases, SyncingService } from './databases';
import { SYNCING } from './databases';

const SCHEMAS: Readonly<Record<SyncingService, object>> = {
  auth: authSchema,
  clients: clientsSchema,
  orders: ordersSchema,
  invoices: invoicesSchema,
};

/** The rows of a tenant in every table of the cloud, as a backup holds them. */
type Backup = readonly {
  readonly service: SyncingService;
  readonly table: string;
  readonly rows: readonly RowDataPacket[];
}[];

/** What the cloud holds of a record. */
export interface CloudRecord {
  readonly deleted: boolean;
  readonly record: Readonly<Record<string, unknown>>;
}

/** The cloud's own handlers on its own databases, for one business, without HTTP between. */
export class Cloud {
  readonly tenant = newUid<BusinessUid>();
  readonly #collections: ReadonlyMap<SyncCollection, SyncedCollection>;

  constructor(
    private readonly databases: Databases,
    now: () => Date,
  ) {
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
    return await transact(this.databases.of.auth.db, async (transaction) => {
      await lockBusiness(transaction, this.tenant);
      return registerDevice(transaction, this.tenant, 1, registration);
    });
  }

  async push(collection: SyncCollection, request: PushRequest): Promise<PushAnswer> {
    const own = this.#collections.get(collection);
    if (own === undefined) throw new Error(`nobody keeps ${collection}`);
    await this.#noteEarly(collection, request);
    return await pushBatch(this.#db(collection), own, this.tenant, request);
  }

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

  /** Where every collection stands, to see whether anything still moves. */
  async versions(): Promise<string> {
    const heads: unknown[] = [];
    for (const service of this.#keeping()) {
      heads.push(await headsOf(this.databases.of[service].db, this.tenant));
    }
    return JSON.stringify(heads);
  }

  async backUp(): Promise<Backup> {
    const backup: Backup[number][] = [];
    for (const [service, table] of this.#tables()) {
      const [rows] = await this.databases.of[service].pool.query<RowDataPacket[]>(
        `select * from \`${table}\` where tenant = ?`,
        [this.tenant],
      );
      backup.push({ service, table, rows });
    }
    return backup;
  }

  /** Puts a backup in place of what is there and begins new epochs, as operations do (R60). */
  async restore(backup: Backup): Promise<void> {
    this.expectPending();
    await this.#clear();
    for (const { service, table, rows } of backup) {
      const columns = await this.#writableColumns(service, table);
      for (const row of rows) {
        const own = Object.fromEntries(columns.map((name) => [name, row[name] as unknown]));
        await this.databases.of[service].pool.query(`insert into \`${table}\` set ?`, [own]);
      }
    }
    for (const service of this.#keeping()) await renewEpochs(this.databases.of[service].db);
  }

  /** Leaves nothing of this business behind, so that the next one finds empty databases. */
  async remove(): Promise<void> {
    await this.#clear();
  }

  async #clear(): Promise<void> {
    for (const [service, table] of this.#tables()) {
      await this.databases.of[service].pool.query(`delete from \`${table}\` where tenant = ?`, [
        this.tenant,
      ]);
    }
  }

  /** The services that keep a collection. */
  #keeping(): readonly SyncingService[] {
    const services = [...this.#collections.keys()].map((one) => SYNC_COLLECTIONS[one].service);
    return SYNCING.filter((service) => (services as readonly string[]).includes(service));
  }

  /** Every table that knows tenants. */
  *#tables(): Generator<readonly [SyncingService, string]> {
    for (const service of SYNCING) {
      for (const table of Object.values(SCHEMAS[service]) as unknown[]) {
        if (is(table, MySqlTable) && 'tenant' in getTableColumns(table)) {
          yield [service, getTableConfig(table).name];
        }
      }
    }
  }

  readonly #columns = new Map<string, readonly string[]>();

  /** Generated columns are the database's to write. */
  async #writableColumns(service: SyncingService, table: string): Promise<readonly string[]> {
    const key = `${service}.${table}`;
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const [rows] = await this.databases.of[service].pool.query<RowDataPacket[]>(
      `show columns from \`${table}\` where extra not like '%GENERATED%'`,
    );
    const names = rows.map((row) => String(row['Field']));
    this.#columns.set(key, names);
    return names;
  }
}
