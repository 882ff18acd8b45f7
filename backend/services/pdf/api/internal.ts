import { z } from 'zod';

import type { StoredPdf } from '../../../../src/shared/contracts/internal/documents';
import { businessUid, invoiceUid } from '../../../../src/shared/domain/ids';
import type { InternalRoute } from '../../../kit/http/internal-routes';
import type { OnDemand } from './demand';

const params = z.object({ tenant: businessUid, uid: invoiceUid });

/** The notifications service asks for a PDF when it is quicker than PDFGenerated. */
export function createInternalRoutes(onDemand: OnDemand): readonly InternalRoute[] {
  return [
    {
      method: 'GET',
      path: '/tenants/:tenant/invoices/:uid/pdf',
      callers: ['notifications'],
      answer: async (path): Promise<StoredPdf | null> => {
        const parsed = params.safeParse(path);
        if (!parsed.success) return null;
        const found = await onDemand(parsed.data.tenant, parsed.data.uid);
        if (!found.ok) return null;
        const { sha256, storageKey, bytes } = found.value;
        return { sha256, key: storageKey, bytes };
      },
    },
  ];
}
