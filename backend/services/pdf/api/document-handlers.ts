import { createHash } from 'node:crypto';

import { documentKey } from '../../../../src/shared/contracts/events/document-key';
import type { documentPdfRoutes } from '../../../../src/shared/contracts/rest-v1/pdf';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import { transact } from '../../../kit/database/database';
import type { Handlers } from '../../../kit/http/handlers';
import { isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound } from '../../../kit/http/refusal';
import { recordEvent } from '../../../kit/messaging/outbox';
import { findDocument, keepDocument } from '../db/document-repository';
import type { DocumentToPrint } from '../adapters/invoice-questions';
import type { HandlerParts } from './pdf-handlers';
import { linkTo, refusalOf } from './pdf-handlers';

/**
 * PDFs by the uid of their document. Where the cloud cannot make the bytes that a device made, the
 * device brings them (R73): it puts them into the bucket under their hash, and they are looked at
 * before they count.
 */
export function createDocumentHandlers(parts: HandlerParts): Handlers<typeof documentPdfRoutes> {
  const { db, store, invoices, onDemand } = parts;

  /** The document, if these are the bytes that its author made. */
  async function documentWith(
    tenant: BusinessUid,
    uid: InvoiceUid,
    sha256: string,
  ): Promise<DocumentToPrint | Refusal> {
    const asked = await invoices.document(tenant, uid);
    if (asked === null) return notFound('document');
    return asked.expected_sha256 === sha256 ? asked : conflict('pdf_differs');
  }

  return {
    async getDocumentPdf({ params, member }) {
      const { documentUid } = params;
      const known = await findDocument(db, member.tenant, documentUid);
      if (known !== undefined) return linkTo(store, known);
      const printed = await onDemand(member.tenant, documentUid);
      return printed.ok ? linkTo(store, printed.value) : refusalOf(printed.error);
    },

    async uploadDocumentPdf({ params, body, member }) {
      const { sha256, bytes } = body;
      const asked = await documentWith(member.tenant, params.documentUid, sha256);
      if (isRefusal(asked)) return asked;
      const key = documentKey(member.tenant, params.documentUid, sha256);
      const { url, headers, expiresAt } = await store.uploadLink(key, sha256, bytes);
      return {
        status: 200,
        body: { url, headers: { ...headers }, expires_at: expiresAt.toISOString() },
      };
    },

    async confirmDocumentPdf({ params, body, member }) {
      const { tenant } = member;
      const { documentUid: uid } = params;
      const { sha256 } = body;
      const asked = await documentWith(tenant, uid, sha256);
      if (isRefusal(asked)) return asked;
      const storageKey = documentKey(tenant, uid, sha256);
      const found = await store.read(storageKey);
      if (found === null) return conflict('not_uploaded');
      if (createHash('sha256').update(found).digest('hex') !== sha256) {
        return conflict('pdf_differs');
      }
      const bytes = found.byteLength;
      await transact(db, async (transaction) => {
        const { document, invoice_id: invoiceId } = asked;
        await keepDocument(transaction, tenant, {
          invoiceUid: uid,
          invoiceId,
          number: document.issued?.number ?? '',
          sha256,
          bytes,
          storageKey,
          rendererVersion: document.rendererVersion,
          fontSet: document.fontSet,
          createdAt: new Date(),
        });
        await recordEvent(transaction, 'PDFGenerated', tenant, {
          invoice_uid: uid,
          send_uid: null,
          execution: null,
          sha256,
          bytes,
        });
      });
      return { status: 200, body: { sha256, bytes } };
    },
  };
}
