import type { InvoiceUid } from '../../../shared/domain/ids';
import type { Result } from '../../../shared/domain/result';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import { ok } from '../../../shared/domain/result';
import { bridge } from '../../app/bridge';
import { bytesFromBase64 } from './pdf-bytes';

export type SaveResult = Result<'saved' | 'cancelled', ApiError>;

/** Saves a document's PDF where the person wants it: the stored bytes, or a draft's with watermark. */
export async function savePdf(uid: InvoiceUid): Promise<SaveResult> {
  const result = await bridge.call('invoices.pdf', { uid });
  if (!result.ok) return result;
  const { fileName, pdf } = result.value;
  return ok(
    await bridge.saveFile({ fileName, mime: 'application/pdf', bytes: bytesFromBase64(pdf) }),
  );
}

export async function printDocument(uid: InvoiceUid): Promise<Result<null, ApiError>> {
  const result = await bridge.call('invoices.pdf', { uid });
  if (!result.ok) return result;
  await bridge.print(bytesFromBase64(result.value.pdf));
  return ok(null);
}

/**
 * For who has no account: the PDF is saved, and the user's own mail program opens with everything
 * but the attachment, which no program lets others add.
 */
export async function savePdfAndOpenMail(uid: InvoiceUid): Promise<SaveResult> {
  const saved = await savePdf(uid);
  if (!saved.ok || saved.value === 'cancelled') return saved;
  const mail = await bridge.call('invoices.mailText', { uid });
  if (!mail.ok) return mail;
  const { to, subject, body } = mail.value;
  await bridge.openMail({ to, subject, body });
  return saved;
}
