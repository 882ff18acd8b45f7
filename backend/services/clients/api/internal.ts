import { businessUid } from '../../../../src/shared/domain/ids';
import { idInPath } from '../../../../src/shared/contracts/rest-v1/fields';
import type { Database } from '../../../kit/database/database';
import type { InternalRoute } from '../../../kit/http/internal-routes';
import { findClient } from '../db/client-repository';
import { stateOf } from './client-view';

/** What other services ask when no event has told them of a client yet. */
export function createInternalRoutes(db: Database): readonly InternalRoute[] {
  return [
    {
      method: 'GET',
      path: '/tenants/:tenant/clients/:id',
      callers: ['orders', 'invoices'],
      async answer(params) {
        const tenant = businessUid.safeParse(params['tenant']);
        const id = idInPath.safeParse(params['id']);
        if (!tenant.success || !id.success) return null;
        const client = await findClient(db, tenant.data, id.data);
        return client === null ? null : stateOf(client);
      },
    },
  ];
}
