import type { z } from 'zod';

import { documentToPrint, invoiceById } from '../../../../src/shared/contracts/internal/documents';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { ServiceCalls } from '../../../kit/identity/service-calls';

export type DocumentToPrint = z.infer<typeof documentToPrint>;

/** What the invoices service is asked. */
export interface InvoiceQuestions {
  /** The paper of a finalised document; null when there is none. */
  document(tenant: BusinessUid, invoiceUid: InvoiceUid): Promise<DocumentToPrint | null>;
  byId(tenant: BusinessUid, invoiceId: number): Promise<z.infer<typeof invoiceById> | null>;
}

export function createInvoiceQuestions(calls: ServiceCalls): InvoiceQuestions {
  return {
    async document(tenant, invoiceUid) {
      const answer = await calls.get(
        'invoices',
        `/tenants/${tenant}/invoices/${invoiceUid}/document`,
      );
      return documentToPrint.nullable().parse(answer);
    },
    async byId(tenant, invoiceId) {
      const answer = await calls.get('invoices', `/tenants/${tenant}/invoices/by-id/${invoiceId}`);
      return invoiceById.nullable().parse(answer);
    },
  };
}
