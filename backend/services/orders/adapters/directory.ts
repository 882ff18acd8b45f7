import { z } from 'zod';

import { clientState, EVENTS } from '../../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database, Transaction } from '../../../kit/database/database';
import type { ServiceCalls } from '../../../kit/identity/service-calls';
import { ServiceUnavailableError } from '../../../kit/identity/service-unavailable';
import type { BusinessRow } from '../db/projections';
import { findBusiness, isClientStanding, storeBusiness, storeClients } from '../db/projections';

/** What orders need to know of clients and businesses: as told, or asked of who owns it. */
export interface Directory {
  /** Whether the client is one of the tenant's that is not deleted. */
  hasClient(scope: Database | Transaction, tenant: BusinessUid, id: number): Promise<boolean>;
  business(scope: Database | Transaction, tenant: BusinessUid): Promise<BusinessRow>;
}

const clientAnswer = z.nullable(clientState);
const businessAnswer = z.nullable(EVENTS.BusinessUpdated.data);

/**
 * Answers are kept through the caller's own transaction: waiting for a second connection while
 * holding one could stop every caller.
 */
export function createDirectory(calls: ServiceCalls): Directory {
  return {
    async hasClient(scope, tenant, id) {
      const known = await isClientStanding(scope, tenant, id);
      if (known !== null) return known;
      const answer = await calls.get('clients', `/tenants/${tenant}/clients/${id}`);
      const client = clientAnswer.parse(answer);
      if (client === null) return false;
      await storeClients(scope, [{ tenant, ...client }]);
      return !client.deleted;
    },

    async business(scope, tenant) {
      const known = await findBusiness(scope, tenant);
      if (known !== null) return known;
      const told = businessAnswer.parse(await calls.get('auth', `/businesses/${tenant}`));
      if (told === null) throw new ServiceUnavailableError('the business is not known yet');
      await storeBusiness(scope, tenant, told);
      const { currency, timeZone, pricesIncludeTax } = told.settings;
      return { currency, timeZone, pricesIncludeTax };
    },
  };
}
