import { getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, MySqlTable } from 'drizzle-orm/mysql-core';
import { format, type RowDataPacket } from 'mysql2';

import { renewEpochs } from '../../../backend/kit/sync/heads';
import { skipLetters } from '../../../backend/services/auth/db/device-repository';
import * as authSchema from '../../../backend/services/auth/db/schema';
import * as clientsSchema from '../../../backend/services/clients/db/schema';
import * as invoicesSchema from '../../../backend/services/invoices/db/schema';
import { afterRestore } from '../../../backend/services/invoices/use-cases/restored';
import * as ordersSchema from '../../../backend/services/orders/db/schema';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Databases, SyncingService } from './databases';
import { SYNCING } from './databases';

const SCHEMAS: Readonly<Record<SyncingService, object>> = {
  auth: authSchema,
  clients: clientsSchema,
  orders: ordersSchema,
  invoices: invoicesSchema,
};

/** Every table of a service that knows tenants. */
const TABLES = new Map<SyncingService, readonly string[]>(
  SYNCING.map((service) => [
    service,
    (Object.values(SCHEMAS[service]) as unknown[]).flatMap((table) =>
      is(table, MySqlTable) && 'tenant' in getTableColumns(table)
        ? [getTableConfig(table).name]
        : [],
    ),
  ]),
);

/** Every table, with the service that has it. */
const ALL_TABLES = SYNCING.flatMap((service) =>
  (TABLES.get(service) ?? []).map((table) => ({ service, table })),
);

/** The rows of a tenant, as a backup of the services' databases holds them. */
export type Backup = readonly {
  readonly service: SyncingService;
  readonly table: string;
  readonly rows: readonly RowDataPacket[];
}[];

export async function backUp(databases: Databases, tenant: BusinessUid): Promise<Backup> {
  const found = await databases.runAll(
    ALL_TABLES.map(({ service, table }) =>
      format(`select * from ${databases.nameOf(service, table)} where tenant = ?`, [tenant]),
    ),
  );
  return ALL_TABLES.map((one, index) => ({ ...one, rows: found[index] ?? [] }));
}

/** Puts a backup of some services in place of what is there, and does what `restore-epoch` does. */
export async function putBack(
  databases: Databases,
  tenant: BusinessUid,
  backup: Backup,
  services: readonly SyncingService[],
  now: Date,
): Promise<void> {
  const own = backup.filter(({ service }) => services.includes(service));
  const columns = await writableColumns(databases);
  await databases.runAll(
    own.flatMap(({ service, table, rows }) => {
      const name = databases.nameOf(service, table);
      const written = columns.get(name) ?? [];
      return [
        format(`delete from ${name} where tenant = ?`, [tenant]),
        ...rows.map((row) => {
          const values = Object.fromEntries(written.map((one) => [one, row[one] as unknown]));
          return format(`insert into ${name} set ?`, [values], false, 'Z');
        }),
      ];
    }),
  );
  for (const service of services) {
    const { db } = databases.of[service];
    if (service === 'auth') await skipLetters(db);
    if (service === 'invoices') await afterRestore(db, now);
    await renewEpochs(db);
  }
}

/** Where the cloud looks at all businesses at once: what relays, and what follows on a restore. */
const LOOKED_THROUGH = ['outbox', 'sync_heads', 'devices', 'number_series', 'sends'];
/** Rows of businesses that are gone disturb nobody, until there are many. */
const EMPTIED_AFTER = 100;
let removed = 0;

/** Ends a business: nothing that is done for another one meets it any more. */
export async function removeTenant(databases: Databases, tenant: BusinessUid): Promise<void> {
  removed += 1;
  const isTurn = removed % EMPTIED_AFTER === 0;
  await databases.runAll(
    ALL_TABLES.flatMap(({ service, table }) => {
      const name = databases.nameOf(service, table);
      if (isTurn) return [`truncate ${name}`];
      return LOOKED_THROUGH.includes(table)
        ? [format(`delete from ${name} where tenant = ?`, [tenant])]
        : [];
    }),
  );
}

const writable = new WeakMap<Databases, ReadonlyMap<string, readonly string[]>>();

/** Generated columns are the database's to write. */
async function writableColumns(
  databases: Databases,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = writable.get(databases);
  if (known !== undefined) return known;
  const names = ALL_TABLES.map(({ service, table }) => databases.nameOf(service, table));
  const found = await databases.runAll(
    names.map((name) => `show columns from ${name} where extra not like '%GENERATED%'`),
  );
  const columns = new Map(
    names.map((name, index) => [name, (found[index] ?? []).map((row) => String(row['Field']))]),
  );
  writable.set(databases, columns);
  return columns;
}
