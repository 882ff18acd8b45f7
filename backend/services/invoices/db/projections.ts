import { and, eq } from 'drizzle-orm';

import type {
  BusinessSettings,
  ClientState,
  EventData,
} from '../../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { storeIfNewer } from '../../../kit/database/store-if-newer';
import { keepLogo } from './frozen-repository';
import { businesses, clients, orders } from './schema';

export type BusinessRow = typeof businesses.$inferSelect;

/** The settings of a business as far as they are known here. */
export async function findBusiness(
  scope: Database | Transaction,
  tenant: BusinessUid,
): Promise<BusinessRow | null> {
  const [row] = await scope.select().from(businesses).where(eq(businesses.tenant, tenant));
  return row ?? null;
}

/** Applies settings if they are newer than what stands there. */
export async function storeBusiness(
  db: Database,
  tenant: BusinessUid,
  told: { readonly revision: number; readonly settings: BusinessSettings },
): Promise<void> {
  const { logo, ...settings } = told.settings;
  await storeIfNewer(db, businesses, {
    tenant,
    revision: told.revision,
    settings,
    logoSha256: logo === null ? null : await keepLogo(db, tenant, logo),
    timeZone: settings.timeZone,
    remindersEnabled: settings.reminders.enabled,
  });
}

/** A client as far as it is known here, deleted ones included. */
export async function findClient(
  scope: Database | Transaction,
  tenant: BusinessUid,
  id: number,
): Promise<ClientState | null> {
  const [row] = await scope
    .select({ state: clients.state })
    .from(clients)
    .where(isClient(tenant, id));
  return row?.state ?? null;
}

/** What a business was told of a client. */
export interface ToldClient {
  readonly tenant: BusinessUid;
  readonly state: ClientState;
}

/** Applies states of clients that are newer than what stands there. */
export async function storeClients(db: Database, told: readonly ToldClient[]): Promise<void> {
  const rows = told.map(({ tenant, state }) => {
    const { id, uid, revision } = state;
    const remindersPaused = state.reminders_paused || state.deleted;
    return { tenant, id, uid, revision, state, remindersPaused };
  });
  await storeIfNewer(db, clients, ...rows);
}

function isClient(tenant: BusinessUid, id: number) {
  return and(eq(clients.tenant, tenant), eq(clients.id, id));
}

/** Keeps which order a uid means, if it is newer than what stands there. */
export async function storeOrder(
  db: Database,
  tenant: BusinessUid,
  { uid, id, revision, number }: EventData<'OrderUpdated'>,
): Promise<void> {
  const row = { tenant, uid, id, revision, number };
  await storeIfNewer(db, orders, row);
}
