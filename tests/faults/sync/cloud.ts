import { transact } from '../../../backend/kit/database/database';
import { headsOf } from '../../../backend/kit/sync/heads';
import { pullPage } from '../../../backend/kit/sync/pull-page';
import { pushBatch } from '../../../backend/kit/sync/push-batch';
import { pruneTombstones, TOMBSTONE_DAYS } from '../../../backend/kit/sync/retention';
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
import type { PullPosition } from '../../../src/core/sync/transport';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
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
import {
  type CloudRecords,
  readCloudRecords,
  readTold,
  type ToldMutations,
} from './cloud-contents';
import { type Databases, SYNCING, type SyncingService } from './databases';
import { EarlyReferences } from './early-references';
import type { Life } from './life';
import type { CloudServices } from './services';
import { createServices } from './services';

/** The account of the device may not write, as the gateway answers by 403. */
export class Forbidden extends Error {}

/** What the processes of the cloud keep in memory. */
interface Processes {
  readonly life: Life;
  readonly services: CloudServices;
  readonly collections: ReadonlyMap<SyncCollection, SyncedCollection>;
}

export interface CloudOptions {
  readonly databases: Databases;
  readonly now: () => Date;
  /** Records of a page at most, so that few of them make several pages. */
  readonly pageRows: number;
}

/** The cloud's own handlers on its own databases, for one business, without HTTP between. */
export class Cloud {
  readonly tenant = newUid<BusinessUid>();
  readonly bus: Bus;
  #processes: Processes | null = null;
  readonly #references: EarlyReferences;

  constructor(private readonly options: CloudOptions) {
    this.bus = new Bus(options.databases, this.tenant, () => this.services);
    this.#references = new EarlyReferences(options.databases, this.tenant);
  }

  get databases(): Databases {
    return this.options.databases;
  }

  get services(): CloudServices {
    return this.#running().services;
  }

  /** The services' processes, started again where they have ended. */
  #running(): Processes {
    const { databases, now } = this.options;
    if (this.#processes?.life === databases.life) return this.#processes;
    const all = [
      settingsCollection,
      clientsCollection,
      ...ordersCollections,
      ...createSyncedCollections(now),
    ] as unknown as readonly SyncedCollection[];
    this.#processes = {
      life: databases.life,
      services: createServices(databases, this.tenant, now),
      collections: new Map(all.map((one) => [one.name, one])),
    };
    return this.#processes;
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

  async register(registration: DeviceRegistration, role: Role): Promise<RegisteredDevice> {
    if (role === 'viewer') throw new Forbidden();
    checkProtocol(registration.protocol);
    return await transact(this.databases.of.auth.db, async (transaction) => {
      await lockBusiness(transaction, this.tenant);
      return registerDevice(transaction, this.tenant, 1, registration);
    });
  }

  /** As sync-handlers.ts: who may only read asks how the cloud stands with his device's numbers. */
  async push(collection: SyncCollection, request: PushRequest, role: Role): Promise<PushAnswer> {
    if (role === 'viewer' && request.mutations.length > 0) throw new Forbidden();
    const own = this.#running().collections.get(collection);
    if (own === undefined) throw new Error(`nobody keeps ${collection}`);
    await this.#references.check(collection, request);
    if (request.mutations.length > 0) this.tellings += 1;
    const { device } = request;
    return await pushBatch(this.#db(collection), own, this.tenant, request, { device, role });
  }

  /** How many batches were told, to see whether anything still moves. */
  tellings = 0;

  /** From here on a document may refer to what is gone with what was after a backup (R20). */
  expectPending(): void {
    this.#references.expectPending();
  }

  /** Mutations that came before what they refer to (R18), while no backup was put back. */
  get early(): readonly string[] {
    return this.#references.found;
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
    return firstOf(JSON.parse(text) as PullAnswer, this.options.pageRows);
  }

  /** What `GET /sync/poll` answers who does not wait: as far as the auth service was told. */
  async poll(protocol: number): Promise<Heads> {
    checkProtocol(protocol);
    const found = await headsOfTenants(this.databases.of.auth.db, [this.tenant]);
    return found.get(this.tenant) ?? {};
  }

  /** Everything that the collections hold, by uid. */
  records(): Promise<CloudRecords> {
    return readCloudRecords(this.databases, this.tenant);
  }

  /** What became of every mutation that was told, by UUID. */
  told(): Promise<ToldMutations> {
    return readTold(this.databases, this.tenant);
  }

  /** Where the collections stand that their services know of. */
  async heads(): Promise<Heads> {
    const found = await Promise.all(
      SYNCING.map((service) => headsOf(this.databases.of[service].db, this.tenant)),
    );
    return Object.assign({}, ...found) as Heads;
  }

  async backUp(): Promise<Backup> {
    return await backUp(this.databases, this.tenant);
  }

  /** Forgets what was deleted, as after half a year (R56). */
  async forgetTombstones(): Promise<void> {
    const later = new Date(Date.now() + 2 * TOMBSTONE_DAYS * 86_400_000);
    for (const service of SYNCING) {
      const { db } = this.databases.of[service];
      // What lies below a floor is removed by the turn after the one that raised it.
      await pruneTombstones(db, later);
      await pruneTombstones(db, later);
    }
  }

  /** Puts a backup in place of what is there and begins new epochs, as operations do (R60). */
  async restore(backup: Backup, services: readonly SyncingService[]): Promise<void> {
    this.expectPending();
    await putBack(this.databases, this.tenant, backup, services, this.options.now());
  }

  async remove(): Promise<void> {
    await removeTenant(this.databases, this.tenant);
  }
}

/** A page as it were if fewer records had room in it. */
function firstOf(answer: PullAnswer, rows: number): PullAnswer {
  if (answer.kind !== 'page' || answer.changes.length <= rows) return answer;
  const changes = answer.changes.slice(0, rows);
  const cursor = changes.at(-1)?.version ?? answer.cursor;
  return { ...answer, changes, cursor, hasMore: true };
}
