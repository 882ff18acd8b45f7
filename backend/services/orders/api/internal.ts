import { idInPath } from '../../../../src/shared/contracts/rest-v1/fields';
import { businessUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { clientDocumentsRoute } from '../../../kit/http/client-documents-route';
import type { InternalRoute } from '../../../kit/http/internal-routes';
import { hasOrders } from '../db/client-documents';
import { findOrder } from '../db/order-repository';
import { answerOf } from './order-view';

/**
 * What the invoices service asks before it invoices an order (deleted ones too), and the clients
 * service before it deletes a client.
 */
export function createInternalRoutes(db: Database): readonly InternalRoute[] {
  return [
    {
      method: 'GET',
      path: '/tenants/:tenant/orders/:id',
      callers: ['invoices'],
      async answer(params) {
        const tenant = businessUid.safeParse(params['tenant']);
        const id = idInPath.safeParse(params['id']);
        if (!tenant.success || !id.success) return null;
        const order = await findOrder(db, tenant.data, id.data);
        return order === null ? null : answerOf(order);
      },
    },
    clientDocumentsRoute((tenant, client) => hasOrders(db, tenant, client)),
  ];
}
