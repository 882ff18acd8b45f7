import { documentKey } from '../../../src/shared/contracts/events/document-key';
import type { BusinessUid, InvoiceUid } from '../../../src/shared/domain/ids';
import type { Result } from '../../../src/shared/domain/result';
import { err, ok } from '../../../src/shared/domain/result';
import type { Database } from '../../kit/database/database';
import { inSpan } from '../../kit/telemetry/telemetry';
import type { DocumentStore } from './adapters/document-store';
import type { InvoiceQuestions } from './adapters/invoice-questions';
import type { RendererSource } from './adapters/renderer';
import { findDocument } from './db/document-repository';
import type { StoredDocument } from './db/schema';
import type { PrintRefusal } from './domain/printable';
import { printDocument } from './domain/printable';

export type PrintingRefusal = PrintRefusal | 'invoice_not_found';

interface PrintingParts {
  readonly db: Database;
  readonly store: DocumentStore;
  readonly invoices: InvoiceQuestions;
  readonly renderer: RendererSource;
}

/** A document whose bytes lie in the bucket; `isNew` as long as its row is still to be written. */
export interface PrintedDocument {
  readonly document: StoredDocument;
  readonly isNew: boolean;
}

/**
 * Makes sure that a finalised document's PDF lies in the bucket. What was printed before is never
 * printed again. The row is left to the caller, who writes it with what it belongs to.
 */
export type Printing = (
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
) => Promise<Result<PrintedDocument, PrintingRefusal>>;

export function createPrinting({ db, store, invoices, renderer }: PrintingParts): Printing {
  return async (tenant, invoiceUid) => {
    const known = await findDocument(db, tenant, invoiceUid);
    if (known !== undefined) return ok({ document: known, isNew: false });

    const asked = await invoices.document(tenant, invoiceUid);
    if (asked === null) return err('invoice_not_found');
    const { document: frozen, expected_sha256, invoice_id } = asked;
    const ready = await renderer();
    const printed = await inSpan({ name: 'render', kind: 'internal' }, async () =>
      printDocument(ready, frozen, expected_sha256),
    );
    if (!printed.ok) return printed;

    const { bytes, sha256 } = printed.value;
    const storageKey = documentKey(tenant, invoiceUid, sha256);
    await store.put(storageKey, bytes, sha256);
    return ok({
      isNew: true,
      document: {
        tenant,
        invoiceUid,
        invoiceId: invoice_id,
        number: frozen.issued?.number ?? '',
        sha256,
        bytes: bytes.byteLength,
        storageKey,
        rendererVersion: frozen.rendererVersion,
        fontSet: frozen.fontSet,
        createdAt: new Date(),
      },
    });
  };
}
