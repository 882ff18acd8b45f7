import type { z } from 'zod';

import type { clientDocuments } from '../../../src/shared/contracts/internal/client-documents';
import { idInPath } from '../../../src/shared/contracts/rest-v1/fields';
import type { BusinessUid, ClientUid } from '../../../src/shared/domain/ids';
import { businessUid, clientUid } from '../../../src/shared/domain/ids';
import type { InternalRoute } from './internal-routes';

type HasDocuments = (
  tenant: BusinessUid,
  client: { readonly id: number; readonly uid: ClientUid },
) => Promise<boolean>;

/** What the clients service asks before it deletes a client: the same of all that keep documents. */
export function clientDocumentsRoute(hasDocuments: HasDocuments): InternalRoute {
  return {
    method: 'GET',
    path: '/tenants/:tenant/clients/:id/:uid/documents',
    callers: ['clients'],
    async answer(params): Promise<z.input<typeof clientDocuments> | null> {
      const tenant = businessUid.safeParse(params['tenant']);
      const id = idInPath.safeParse(params['id']);
      const uid = clientUid.safeParse(params['uid']);
      if (!tenant.success || !id.success || !uid.success) return null;
      return { exist: await hasDocuments(tenant.data, { id: id.data, uid: uid.data }) };
    },
  };
}
