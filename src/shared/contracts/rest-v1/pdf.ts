import { z } from 'zod';

import { idInPath, moment } from './fields';
import { route } from './route';

const params = z.object({ invoiceId: idInPath });

export const pdfLink = z
  .object({ url: z.url(), sha256: z.string(), expires_at: moment })
  .meta({ id: 'PdfLink' });

export const pdfRoutes = {
  getInvoicePdf: route({
    service: 'pdf',
    tag: 'Invoices',
    operationId: 'getInvoicePdf',
    summary: 'Get a short-lived link to the PDF of an invoice',
    method: 'GET',
    path: '/invoices/{invoiceId}/pdf',
    access: { member: 'viewer' },
    params,
    success: { 200: { description: 'Successful response', body: pdfLink } },
  }),
};
