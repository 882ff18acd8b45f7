import { eq } from 'drizzle-orm';
import { z } from 'zod';

import type { EventData } from '../../../../src/shared/contracts/events/events';
import { EVENTS } from '../../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import { storeIfNewer } from '../../../kit/database/store-if-newer';
import type { ServiceCalls } from '../../../kit/identity/service-calls';
import { ServiceUnavailableError } from '../../../kit/identity/service-unavailable';
import type { ReceivedEvent } from '../../../kit/messaging/message';
import { PoisonMessageError } from '../../../kit/messaging/message-errors';
import { businesses } from '../db/schema';

type Scope = Database | Transaction;

/** The country of each business: that of clients whose address is known as one text. */
export interface HomeCountry {
  /** Told by the auth service, or asked of it. */
  of(scope: Scope, tenant: BusinessUid): Promise<string>;
  applyEvent(event: ReceivedEvent<'BusinessUpdated'>): Promise<void>;
}

const businessAnswer = z.nullable(EVENTS.BusinessUpdated.data);
const REMEMBERED = 10_000;
const REMEMBERED_MS = 60_000;

interface Remembered {
  readonly country: string;
  readonly until: number;
}

/** Remembers for a minute, since businesses do not move and every new client asks. */
export function createHomeCountry(db: Database, calls: ServiceCalls): HomeCountry {
  const remembered = new Map<BusinessUid, Remembered>();

  function remember(tenant: BusinessUid, country: string): string {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(tenant, { country, until: Date.now() + REMEMBERED_MS });
    return country;
  }

  async function ask(scope: Scope, tenant: BusinessUid): Promise<string> {
    const told = businessAnswer.parse(await calls.get('auth', `/businesses/${tenant}`));
    if (told === null) throw new ServiceUnavailableError('the business is not known yet');
    await store(scope, tenant, told);
    return told.settings.address.country;
  }

  return {
    async of(scope, tenant) {
      const known = remembered.get(tenant);
      if (known !== undefined && known.until > Date.now()) return known.country;
      const [row] = await scope
        .select({ country: businesses.country })
        .from(businesses)
        .where(eq(businesses.tenant, tenant));
      return remember(tenant, row?.country ?? (await ask(scope, tenant)));
    },

    async applyEvent({ tenant, data }) {
      if (tenant === null) throw new PoisonMessageError('BusinessUpdated names no tenant');
      await store(db, tenant, data);
      remembered.delete(tenant);
    },
  };
}

async function store(
  scope: Scope,
  tenant: BusinessUid,
  { revision, settings }: EventData<'BusinessUpdated'>,
): Promise<void> {
  const { country } = settings.address;
  await storeIfNewer(scope, businesses, { tenant, revision, country });
}
