import { eq } from 'drizzle-orm';
import { z } from 'zod';

import type { EventData } from '../../../../src/shared/contracts/events/events';
import { EVENTS } from '../../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { storeIfNewer } from '../../../kit/database/store-if-newer';
import type { ServiceCalls } from '../../../kit/identity/service-calls';
import { businesses } from '../db/schema';

export interface BusinessProjection {
  apply(tenant: BusinessUid, state: EventData<'BusinessUpdated'>): Promise<void>;
  /** Whether clients of the business get a receipt for what they paid. */
  sendsReceipts(tenant: BusinessUid): Promise<boolean>;
}

/** Settings of businesses as BusinessUpdated tells them; the auth service is asked on a miss. */
export function createBusinessProjection(db: Database, calls: ServiceCalls): BusinessProjection {
  async function store(tenant: BusinessUid, state: EventData<'BusinessUpdated'>): Promise<void> {
    const { revision, settings } = state;
    const row = { tenant, revision, sendReceipts: settings.sendReceipts };
    await storeIfNewer(db, businesses, row);
  }

  return {
    apply: store,
    async sendsReceipts(tenant) {
      const [row] = await db.select().from(businesses).where(eq(businesses.tenant, tenant));
      if (row !== undefined) return row.sendReceipts;
      const answer = z
        .nullable(EVENTS.BusinessUpdated.data)
        .parse(await calls.get('auth', `/businesses/${tenant}`));
      if (answer === null) return false;
      await store(tenant, answer);
      return answer.settings.sendReceipts;
    },
  };
}
