import type { z } from 'zod';

import type { clientDocuments } from '../../../../src/shared/contracts/internal/client-documents';
import { idInPath } from '../../../../src/shared/contracts/rest-v1/fields';
import { businessUid, clientUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
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
    {
      method: 'GET',
      path: '/tenants/:tenant/clients/:id/:uid/documents',
      callers: ['clients'],
      async answer(params): Promise<z.input<typeof clientDocuments> | null> {
        const tenant = businessUid.safeParse(params['tenant']);
        const id = idInPath.safeParse(params['id']);
        const uid = clientUid.safeParse(params['uid']);
        if (!tenant.success || !id.success || !uid.success) return null;
        return { exist: await hasOrders(db, tenant.data, { id: id.data, uid: uid.data }) };
      },
    },
  ];
}
