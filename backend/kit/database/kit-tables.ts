import { sql } from 'drizzle-orm';
import {
  bigint,
  char,
  index,
  int,
  mysqlTable,
  primaryKey,
  smallint,
  varchar,
} from 'drizzle-orm/mysql-core';

import type { TraceContext } from '../../../src/shared/contracts/events/envelope';
import type { Role } from '../../../src/shared/contracts/rest-v1/route';
import { jsonColumn, momentColumn, uuidColumn } from './columns';

/** Tables that every service has in its own database; each schema exports them along with its own. */

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
