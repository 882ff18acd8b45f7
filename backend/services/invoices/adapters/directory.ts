import { z } from 'zod';

import type { OrderAnswer } from '../../../../src/shared/contracts/events/order-answer';
import { orderAnswer } from '../../../../src/shared/contracts/events/order-answer';
import type { ClientState } from '../../../../src/shared/contracts/events/events';
import { businessSettings, clientState } from '../../../../src/shared/contracts/events/events';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import { dayInZone } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import type { ServiceCalls } from '../../../kit/identity/service-calls';
import { ServiceUnavailableError } from '../../../kit/identity/service-unavailable';
import type { BusinessRow } from '../db/projections';
import { findBusiness, findClient, storeBusiness, storeClients } from '../db/projections';
import type { Clock } from './clock';

/** What this service knows of others: asked where it matters, remembered for when they are away. */
export interface Directory {
  /**
   * What a document is made from, as its owner has it now: what was changed a moment ago has to
   * stand on the paper. While the owner is away, what its events told.
   */
  business(tenant: BusinessUid): Promise<BusinessRow>;
  client(tenant: BusinessUid, id: number): Promise<ClientState | null>;
  order(tenant: BusinessUid, id: number): Promise<OrderAnswer | null>;
  /** The day in the business's time zone. */
  today(tenant: BusinessUid): Promise<CalendarDate>;
  /** Settings changed: the time zone may have. */
  forget(tenant: BusinessUid): void;
}

const businessAnswer = z.object({ revision: z.int(), settings: businessSettings });

/** How long an owner may take while there is something remembered to go on with. */
const PATIENCE_MS = 1_500;
const FRESH_MS = 10_000;
const REMEMBERED = 10_000;

export function createDirectory(db: Database, calls: ServiceCalls, now: Clock): Directory {
  const zones = new Map<string, { readonly zone: string; readonly at: number }>();
  const days = new Map<string, { readonly minute: number; readonly day: CalendarDate }>();

  /** Days begin at whole minutes everywhere, and asking for one is slow. */
  function dayIn(zone: string): CalendarDate {
    const moment = now();
    const minute = Math.floor(moment.getTime() / 60_000);
    const known = days.get(zone);
    if (known?.minute === minute) return known.day;
    const day = dayInZone(moment, zone);
    days.set(zone, { minute, day });
    return day;
  }

  async function askBusiness(tenant: BusinessUid): Promise<BusinessRow | null> {
    const answer = await calls.get('auth', `/businesses/${tenant}`);
    if (answer === null) return findBusiness(db, tenant);
    const told = businessAnswer.parse(answer);
    const known = await findBusiness(db, tenant);
    if (known !== null && known.revision >= told.revision) return known;
    await storeBusiness(db, tenant, told);
    return findBusiness(db, tenant);
  }

  async function askClient(tenant: BusinessUid, id: number): Promise<ClientState | null> {
    const answer = await calls.get('clients', `/tenants/${tenant}/clients/${id}`);
    if (answer === null) return null;
    const state = clientState.parse(answer);
    const known = await findClient(db, tenant, id);
    if (known !== null && known.revision >= state.revision) return known;
    await storeClients(db, [{ tenant, state }]);
    return findClient(db, tenant, id);
  }

  async function zoneOf(tenant: BusinessUid): Promise<string> {
    const known = zones.get(tenant);
    if (known !== undefined && Date.now() - known.at < FRESH_MS) return known.zone;
    const found = (await findBusiness(db, tenant)) ?? (await askBusiness(tenant));
    if (found === null) throw new ServiceUnavailableError('the business is not known yet');
    if (zones.size >= REMEMBERED) zones.clear();
    zones.set(tenant, { zone: found.timeZone, at: Date.now() });
    return found.timeZone;
  }

  return {
    async business(tenant) {
      const found = await freshest(
        () => askBusiness(tenant),
        () => findBusiness(db, tenant),
      );
      if (found === null) throw new ServiceUnavailableError('the business is not known yet');
      return found;
    },
    client: (tenant, id) =>
      freshest(
        () => askClient(tenant, id),
        () => findClient(db, tenant, id),
      ),
    async order(tenant, id) {
      const answer = await calls.get('orders', `/tenants/${tenant}/orders/${id}`);
      return answer === null ? null : orderAnswer.parse(answer);
    },
    async today(tenant) {
      return dayIn(await zoneOf(tenant));
    },
    forget: (tenant) => zones.delete(tenant),
  };
}

/** The owner's answer; where the owner is away or slow, what is remembered, if anything is. */
async function freshest<T>(
  ask: () => Promise<T | null>,
  remembered: () => Promise<T | null>,
): Promise<T | null> {
  const asked = ask();
  // It may fail after nobody waits for it any more.
  asked.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, 'late');
  });
  try {
    const first = await Promise.race([asked, late]);
    if (first !== 'late') return first;
  } catch (error) {
    if (!(error instanceof ServiceUnavailableError)) throw error;
  } finally {
    clearTimeout(timer);
  }
  return (await remembered()) ?? (await asked);
}
