import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { Result } from '../../../../src/shared/domain/result';
import { ok } from '../../../../src/shared/domain/result';
import type { Database } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import { recordEvent } from '../../../kit/messaging/outbox';
import { keepDocument } from '../db/document-repository';
import type { StoredDocument } from '../db/schema';
import type { Printing, PrintingRefusal } from '../printing';

/** The document's PDF for whoever asks for it now, printed if no workflow has done so yet. */
export type OnDemand = (
  tenant: BusinessUid,
  invoiceUid: InvoiceUid,
) => Promise<Result<StoredDocument, PrintingRefusal>>;

export function createOnDemand(db: Database, print: Printing): OnDemand {
  return async (tenant, invoiceUid) => {
    const printed = await print(tenant, invoiceUid);
    if (!printed.ok) return printed;
    const { document, isNew } = printed.value;
    if (isNew) {
      await transact(db, async (transaction) => {
        await keepDocument(transaction, tenant, document);
        await recordEvent(transaction, 'PDFGenerated', tenant, {
          invoice_uid: invoiceUid,
          send_uid: null,
          execution: null,
          sha256: document.sha256,
          bytes: document.bytes,
        });
      });
    }
    return ok(document);
  };
}
