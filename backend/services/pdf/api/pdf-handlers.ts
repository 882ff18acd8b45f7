import type { pdfRoutes } from '../../../../src/shared/contracts/rest-v1/pdf';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { documentFileName } from '../../../../src/shared/domain/document-file-name';
import type { Database } from '../../../kit/database/database';
import type { Handlers } from '../../../kit/http/handlers';
import { isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict, notFound } from '../../../kit/http/refusal';
import type { DocumentStore } from '../adapters/document-store';
import type { InvoiceQuestions } from '../adapters/invoice-questions';
import { findDocumentOfInvoice } from '../db/document-repository';
import type { StoredDocument } from '../db/schema';
import type { PrintingRefusal } from '../printing';
import type { OnDemand } from './demand';

export interface HandlerParts {
  readonly db: Database;
  readonly store: DocumentStore;
  readonly invoices: InvoiceQuestions;
  readonly onDemand: OnDemand;
}

export function createPdfHandlers(parts: HandlerParts): Handlers<typeof pdfRoutes> {
  const { db, store, invoices, onDemand } = parts;

  async function documentOf(
    tenant: BusinessUid,
    invoiceId: number,
  ): Promise<StoredDocument | Refusal> {
    const known = await findDocumentOfInvoice(db, tenant, invoiceId);
    if (known !== undefined) return known;
    const invoice = await invoices.byId(tenant, invoiceId);
    if (invoice === null || invoice.number === null) return notFound('invoice');
    const printed = await onDemand(tenant, invoice.uid);
    return printed.ok ? printed.value : refusalOf(printed.error);
  }

  return {
    async getInvoicePdf({ params, member }) {
      const document = await documentOf(member.tenant, params.invoiceId);
      if (isRefusal(document)) return document;
      return linkTo(store, document);
    },
  };
}

/** A link that works for a few minutes. */
export async function linkTo(store: DocumentStore, document: StoredDocument) {
  const { number, sha256, storageKey } = document;
  const { url, expiresAt } = await store.link(storageKey, documentFileName(number, ''));
  return { status: 200 as const, body: { url, sha256, expires_at: expiresAt.toISOString() } };
}

/** Why there is no PDF, as the contract says it. */
export function refusalOf(reason: PrintingRefusal): Refusal {
  switch (reason) {
    case 'invoice_not_found':
    case 'invoice_not_finalised':
      return notFound('invoice');
    case 'renderer_unavailable':
    case 'text_unprintable':
    case 'pdf_hash_differs':
      return conflict(reason);
  }
}
