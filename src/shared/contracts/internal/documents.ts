import { z } from 'zod';

import { frozenDocument } from '../../domain/frozen-document';
import { invoiceUid } from '../../domain/ids';
import { id } from '../rest-v1/fields';

/** What services ask each other about documents; never on the gateway. */

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The invoices service to pdf, `GET /tenants/:tenant/invoices/:uid/document`: the paper of a
 * finalised document. Not found while it is a draft.
 */
export const documentToPrint = z.object({
  invoice_id: id,
  document: frozenDocument,
  /** Of the PDF that the desktop made; null for what was made by REST. */
  expected_sha256: sha256Hex.nullable(),
});

/** The invoices service, `GET /tenants/:tenant/invoices/by-id/:id`. `number` is null for drafts. */
export const invoiceById = z.object({ uid: invoiceUid, number: z.string().nullable() });

/** The pdf service to notifications, `GET /tenants/:tenant/invoices/:uid/pdf`. */
export const storedPdf = z.object({ sha256: sha256Hex, key: z.string(), bytes: z.int() });
export type StoredPdf = z.infer<typeof storedPdf>;
