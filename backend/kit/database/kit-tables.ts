import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  index,
  int,
  mediumtext,
  mysqlTable,
  primaryKey,
  smallint,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';

import type { TraceContext } from '../../../src/shared/contracts/events/envelope';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import { jsonColumn, momentColumn, uuidColumn } from './columns';

/**
 * Tables that every service has in its own database; each schema exports them along with its own.
 * Those of sync are for services that own collections.
 */

/** What is still to be told, written in the transaction of the change that it tells of. */
export const outbox = mysqlTable(
  'outbox',
  {
    position: bigint('position', { mode: 'number', unsigned: true }).primaryKey().autoincrement(),
    /** The event's id: a publish that was repeated is the same event. */
    eventId: uuidColumn('event_id').notNull(),
    /** An event's name, or `workflow` for an execution to start. */
    name: varchar('name', { length: 64 }).notNull(),
    tenant: uuidColumn('tenant'),
    occurredAt: momentColumn('occurred_at').notNull(),
    trace: jsonColumn<TraceContext>('trace').notNull(),
    data: jsonColumn<unknown>('data').notNull(),
    publishedAt: momentColumn('published_at'),
  },
  (table) => [index('outbox_waiting').on(table.publishedAt, table.position)],
);

/** What a call with an `Idempotency-Key` was answered. */
export const idempotencyKeys = mysqlTable(
  'idempotency_keys',
  {
    tenant: uuidColumn('tenant').notNull(),
    key: varchar('idempotency_key', { length: 255 }).notNull(),
    operation: varchar('operation', { length: 64 }).notNull(),
    /** SHA-256 of the request: the same key with another request is refused. */
    requestHash: char('request_hash', { length: 64 }).notNull(),
    outcome: jsonColumn<unknown>('outcome').notNull(),
    createdAt: momentColumn('created_at')
      .notNull()
      .default(sql`current_timestamp(3)`),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.key] }),
    index('idempotency_keys_age').on(table.createdAt),
  ],
);

/** The outcome of a step of a workflow, kept with its effect and answered again when asked again. */
export const stepOutcomes = mysqlTable(
  'step_outcomes',
  {
    tenant: uuidColumn('tenant').notNull(),
    /** The business step, `generate_pdf:<send uid>`, never a message's id. */
    stepKey: varchar('step_key', { length: 160 }).notNull(),
    outcome: jsonColumn<unknown>('outcome').notNull(),
    createdAt: momentColumn('created_at')
      .notNull()
      .default(sql`current_timestamp(3)`),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.stepKey] }),
    index('step_outcomes_age').on(table.createdAt),
  ],
);

/** Who may do what in which business, as the auth service told. */
export const memberships = mysqlTable(
  'memberships',
  {
    /** Cognito's `sub`. */
    user: varchar('user_sub', { length: 64 }).notNull(),
    business: uuidColumn('business').notNull(),
    userId: int('user_id').notNull(),
    role: varchar('role', { length: 20 }).$type<Role>().notNull(),
    position: smallint('position').notNull(),
    revision: int('revision').notNull(),
    /** Removed members stay as rows, so that an old event cannot bring them back. */
    removedAt: momentColumn('removed_at'),
  },
  (table) => [primaryKey({ columns: [table.user, table.business] })],
);

/** Where a collection stands: the counter of its changes, and which life of it this is (R50, R60). */
export const syncHeads = mysqlTable(
  'sync_heads',
  {
    tenant: uuidColumn('tenant').notNull(),
    collection: varchar('collection', { length: 20 }).$type<SyncCollection>().notNull(),
    epoch: varchar('epoch', { length: 40 }).notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    /** Deletions up to this version may be forgotten: an older cursor begins again (R56). */
    tombstoneFloor: bigint('tombstone_floor', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.collection] })],
);

/** The newest state of every record, as it travels; deleted ones too. */
export const syncRecords = mysqlTable(
  'sync_records',
  {
    tenant: uuidColumn('tenant').notNull(),
    collection: varchar('collection', { length: 20 }).$type<SyncCollection>().notNull(),
    uid: varchar('uid', { length: 64 }).notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    deleted: boolean('deleted').notNull(),
    /** JSON text, copied into answers as it is. */
    record: mediumtext('record').notNull(),
    /** Of `record` in UTF-8: pages are cut by it without reading the records. */
    bytes: int('bytes').notNull(),
    changedAt: momentColumn('changed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.collection, table.uid] }),
    index('sync_records_changes').on(table.tenant, table.collection, table.version, table.bytes),
    index('sync_records_tombstones').on(table.deleted, table.changedAt),
  ],
);

/** The last number of each device (R12 to R14). */
export const syncDevices = mysqlTable(
  'sync_devices',
  {
    tenant: uuidColumn('tenant').notNull(),
    collection: varchar('collection', { length: 20 }).$type<SyncCollection>().notNull(),
    device: uuidColumn('device').notNull(),
    last: int('last').notNull(),
    /** The mutation that has the last number; null before the first. */
    lastUuid: uuidColumn('last_uuid'),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.collection, table.device] })],
);

/** Every mutation that was ever told, and what became of it (R13, R15, R16). */
export const syncMutations = mysqlTable(
  'sync_mutations',
  {
    tenant: uuidColumn('tenant').notNull(),
    uuid: uuidColumn('uuid').notNull(),
    collection: varchar('collection', { length: 20 }).$type<SyncCollection>().notNull(),
    device: uuidColumn('device').notNull(),
    seq: int('seq').notNull(),
    uid: varchar('uid', { length: 64 }).notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    /** Without its record. Null: applied, nothing to tell. */
    outcome: mediumtext('outcome'),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.uuid] }),
    uniqueIndex('sync_mutations_number').on(
      table.tenant,
      table.collection,
      table.device,
      table.seq,
    ),
  ],
);
