import { checkpoint } from '../../../kit/checkpoint';
import type { Database } from '../../../kit/database/database';
import { transact } from '../../../kit/database/database';
import { StepFailure } from '../../../kit/messaging/message-errors';
import { recordEvent } from '../../../kit/messaging/outbox';
import type { StepHandler } from '../../../kit/messaging/workflow-steps';
import { rememberOutcome } from '../../../kit/messaging/workflow-steps';
import { keepDocument } from '../db/document-repository';
import type { Printing } from '../printing';

/** The workflow's GeneratePdf: the PDF in the bucket, its row, PDFGenerated and the outcome. */
export function createPrintStep(db: Database, print: Printing): StepHandler {
  return async (request) => {
    const { tenant, invoice_uid, send_uid, execution } = request;
    const printed = await print(tenant, invoice_uid);
    if (!printed.ok) throw new StepFailure('Permanent', printed.error);
    const { document, isNew } = printed.value;
    const { sha256, bytes, storageKey } = document;
    const outcome = { sha256, key: storageKey, bytes };
    await transact(db, async (transaction) => {
      if (isNew) await keepDocument(transaction, tenant, document);
      await recordEvent(transaction, 'PDFGenerated', tenant, {
        invoice_uid,
        send_uid,
        execution,
        sha256,
        bytes,
      });
      await rememberOutcome(transaction, request, outcome);
      checkpoint('generate_pdf', 'before-commit');
    });
    return outcome;
  };
}
