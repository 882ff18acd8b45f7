import {
  bigint,
  index,
  int,
  mysqlTable,
  primaryKey,
  smallint,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';

import type { BusinessSettings } from '../../../../src/shared/contracts/events/events';
import type { Role } from '../../../../src/shared/contracts/rest-v1/route';
import type { SyncCollection } from '../../../../src/shared/contracts/sync/collections';
import type { BusinessUid, DeviceUid } from '../../../../src/shared/domain/ids';
import { jsonColumn, momentColumn, uuidColumn } from '../../../kit/database/columns';

export {
  idempotencyKeys,
  outbox,
  stepOutcomes,
  syncDevices,
  syncHeads,
  syncMutations,
  syncRecords,
} from '../../../kit/database/kit-tables';

/** People who can sign in. What proves them is Cognito's alone (docs/adr/0007). */
export const users = mysqlTable(
  'users',
  {
    id: int('id').primaryKey().autoincrement(),
    cognitoSub: varchar('cognito_sub', { length: 64 }).notNull(),
    /** The address that the user registered with, in lower case. */
    email: varchar('email', { length: 254 }).notNull(),
    /** `email`, for the one user who is found by it; null once somebody newer registered with it. */
    emailKey: varchar('email_key', { length: 254 }),
    /** When the address was first known to be the user's own. */
    confirmedAt: momentColumn('confirmed_at'),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('users_cognito_sub').on(table.cognitoSub),
    uniqueIndex('users_email_key').on(table.emailKey),
  ],
);

/**
 * Addresses that somebody is signing up with at this moment. A row lives no longer than its
 * transaction: whoever else wants the address waits at its key.
 */
export const signUps = mysqlTable('sign_ups', {
  emailKey: varchar('email_key', { length: 254 }).primaryKey(),
});

/** What issues invoices: the tenant of the cloud. */
export const businesses = mysqlTable(
  'businesses',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().primaryKey(),
    /** The user who made it, whoever owns it by now. */
    founderId: int('founder_id').notNull(),
    revision: int('revision').notNull(),
    /** As in `settings`, for lists that need nothing else of them. */
    name: varchar('name', { length: 120 }).notNull(),
    settings: jsonColumn<BusinessSettings>('settings').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    updatedAt: momentColumn('updated_at').notNull(),
  },
  (table) => [index('businesses_founder').on(table.founderId)],
);

/** Who may do what in which business. The other services keep a copy, by MembershipChanged. */
export const memberships = mysqlTable(
  'memberships',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    userId: int('user_id').notNull(),
    userSub: varchar('user_sub', { length: 64 }).notNull(),
    role: varchar('role', { length: 20 }).$type<Role>().notNull(),
    /** The order in which the user joined, from 1: the lowest is what a call without a header means. */
    position: smallint('position').notNull(),
    revision: int('revision').notNull(),
    /** Removed members stay as rows, so that revisions go on. */
    removedAt: momentColumn('removed_at'),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.userId] }),
    index('memberships_user').on(table.userSub, table.position),
  ],
);

/** Addresses that an owner has let in, until whoever has the address comes. */
export const invitations = mysqlTable(
  'invitations',
  {
    id: int('id').primaryKey().autoincrement(),
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    /** In lower case. */
    email: varchar('email', { length: 254 }).notNull(),
    role: varchar('role', { length: 20 }).$type<Role>().notNull(),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('invitations_address').on(table.tenant, table.email),
    index('invitations_email').on(table.email),
  ],
);

/** The devices of a business, each with the letter of its number series (R2). */
export const devices = mysqlTable(
  'devices',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    device: uuidColumn('device').$type<DeviceUid>().notNull(),
    name: varchar('name', { length: 100 }).notNull(),
    letter: varchar('letter', { length: 3 }).notNull(),
    /** Who registered it. */
    userId: int('user_id').notNull(),
    /** The device whose place this one took (R3). */
    replaces: uuidColumn('replaces').$type<DeviceUid>(),
    createdAt: momentColumn('created_at').notNull(),
    /** Another one took its place; its letter is never given again. */
    retiredAt: momentColumn('retired_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenant, table.device] }),
    uniqueIndex('devices_letter').on(table.tenant, table.letter),
  ],
);

/** Where the collections of the other services stand, as they told; the poll is answered from it. */
export const collectionHeads = mysqlTable(
  'collection_heads',
  {
    tenant: uuidColumn('tenant').$type<BusinessUid>().notNull(),
    collection: varchar('collection', { length: 20 }).$type<SyncCollection>().notNull(),
    epoch: varchar('epoch', { length: 40 }).notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    /** When its service told: of two epochs the later one stands. */
    movedAt: momentColumn('moved_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.collection] })],
);
