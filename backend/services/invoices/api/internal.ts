import type { z } from 'zod';

import { idInPath } from '../../../../src/shared/contracts/rest-v1/fields';
import type {
  documentToPrint,
  invoiceById,
} from '../../../../src/shared/contracts/internal/documents';
import { permitRequest } from '../../../../src/shared/contracts/internal/mail-permit';
import { businessUid, invoiceUid } from '../../../../src/shared/domain/ids';
import { clientDocumentsRoute } from '../../../kit/http/client-documents-route';
import type { InternalRoute } from '../../../kit/http/internal-routes';
import type { InvoicesContext } from '../context';
import { hasInvoices } from '../db/client-documents';
import { readFrozen } from '../db/frozen-repository';
import { findInvoice, findInvoiceByUid } from '../db/invoice-repository';
import { permitMail } from '../use-cases/permit';

/** What pdf and notifications ask, and clients before it deletes one. */
export function createInternalRoutes(context: InvoicesContext): readonly InternalRoute[] {
  const { db } = context;
  return [
    {
      method: 'GET',
      path: '/tenants/:tenant/invoices/:uid/document',
      callers: ['pdf'],
      async answer(params): Promise<z.input<typeof documentToPrint> | null> {
        const tenant = businessUid.safeParse(params['tenant']);
        const uid = invoiceUid.safeParse(params['uid']);
        if (!tenant.success || !uid.success) return null;
        const invoice = await findInvoiceByUid(db, tenant.data, uid.data);
        if (invoice === null || invoice.deletedAt !== null) return null;
        const document = await readFrozen(db, tenant.data, invoice.uid);
        if (document === null) return null;
        return { invoice_id: invoice.id, document, expected_sha256: invoice.pdfSha256 };
      },
    },
    {
      method: 'GET',
      path: '/tenants/:tenant/invoices/by-id/:id',
      callers: ['pdf', 'notifications'],
      async answer(params): Promise<z.input<typeof invoiceById> | null> {
        const tenant = businessUid.safeParse(params['tenant']);
        const id = idInPath.safeParse(params['id']);
        if (!tenant.success || !id.success) return null;
        const invoice = await findInvoice(db, tenant.data, id.data);
        if (invoice === null || invoice.deletedAt !== null) return null;
        return { uid: invoice.uid, number: invoice.number };
      },
    },
    clientDocumentsRoute((tenant, client) => hasInvoices(db, tenant, client)),
    {
      method: 'POST',
      path: '/tenants/:tenant/sends/:send_uid/permit',
      callers: ['notifications'],
      async answer(params, body) {
        const tenant = businessUid.safeParse(params['tenant']);
        const sendUid = params['send_uid'];
        const request = permitRequest.safeParse(body);
        if (!tenant.success || !request.success || sendUid === undefined) return null;
        return permitMail(context, tenant.data, sendUid, request.data);
      },
    },
  ];
}
