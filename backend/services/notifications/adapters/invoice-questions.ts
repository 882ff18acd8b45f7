import type { z } from 'zod';

import { invoiceById } from '../../../../src/shared/contracts/internal/documents';
import type {
  MailPermit,
  PermitRequest,
} from '../../../../src/shared/contracts/internal/mail-permit';
import { mailPermit } from '../../../../src/shared/contracts/internal/mail-permit';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { ServiceCalls } from '../../../kit/identity/service-calls';

/** What the invoices service is asked. */
export interface InvoiceQuestions {
  /** May this mail go out now? Granted under the invoice's row lock. Null for an unknown send. */
  permit(tenant: BusinessUid, sendUid: string, request: PermitRequest): Promise<MailPermit | null>;
  byId(tenant: BusinessUid, invoiceId: number): Promise<z.infer<typeof invoiceById> | null>;
}

export function createInvoiceQuestions(calls: ServiceCalls): InvoiceQuestions {
  return {
    async permit(tenant, sendUid, request) {
      const path = `/tenants/${tenant}/sends/${sendUid}/permit`;
      return mailPermit.nullable().parse(await calls.post('invoices', path, request));
    },
    async byId(tenant, invoiceId) {
      const answer = await calls.get('invoices', `/tenants/${tenant}/invoices/by-id/${invoiceId}`);
      return invoiceById.nullable().parse(answer);
    },
  };
}
