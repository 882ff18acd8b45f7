import { z } from 'zod';

import { sha256Hex } from '../internal/documents';
import { invoiceUid } from '../../domain/ids';
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

/** The largest PDF that a device may bring. */
export const MAX_PDF_BYTES = 25_000_000;

const documentParams = z.object({ documentUid: invoiceUid });
const original = z.object({ sha256: sha256Hex });

/** PDFs by the uid of their document, for devices (docs/sync.md, R73). */
export const documentPdfRoutes = {
  getDocumentPdf: route({
    service: 'pdf',
    tag: 'Sync',
    operationId: 'getDocumentPdf',
    summary: 'Get a short-lived link to the PDF of a finalised document',
    method: 'GET',
    path: '/sync/documents/{documentUid}/pdf',
    access: { member: 'viewer' },
    params: documentParams,
    refusals: [404, 409],
    success: { 200: { description: 'Successful response', body: pdfLink } },
  }),
  uploadDocumentPdf: route({
    service: 'pdf',
    tag: 'Sync',
    operationId: 'uploadDocumentPdf',
    summary: 'Get an address to put the original PDF to, where the cloud cannot make the same one',
    method: 'POST',
    path: '/sync/documents/{documentUid}/upload',
    access: { member: 'bookkeeper' },
    params: documentParams,
    body: original.extend({ bytes: z.int().min(1).max(MAX_PDF_BYTES) }),
    refusals: [404, 409],
    success: {
      200: {
        description: 'Where to put it, by PUT and with these headers',
        body: z.object({
          url: z.url(),
          headers: z.record(z.string(), z.string()),
          expires_at: moment,
        }),
      },
    },
  }),
  confirmDocumentPdf: route({
    service: 'pdf',
    tag: 'Sync',
    operationId: 'confirmDocumentPdf',
    summary: 'Tell that the original PDF was put: mails that wait for it go on',
    method: 'POST',
    path: '/sync/documents/{documentUid}/uploaded',
    access: { member: 'bookkeeper' },
    params: documentParams,
    body: original,
    refusals: [404, 409],
    success: {
      200: {
        description: 'The PDF is there',
        body: z.object({ sha256: sha256Hex, bytes: z.int() }),
      },
    },
  }),
};
