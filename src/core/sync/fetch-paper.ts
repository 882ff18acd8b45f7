import { documentPdfRoutes, MAX_PDF_BYTES } from '../../shared/contracts/rest-v1/pdf';
import type { Account } from '../account/account';
import { readBinding } from '../account/binding';
import type { BusinessContext } from '../context';
import { sha256Of } from '../features/documents/frozen-store';

const PATIENCE_MS = 60_000;

const link = documentPdfRoutes.getDocumentPdf.success[200].body;

/**
 * The PDF of a document as the cloud keeps it, for papers that another version of the app printed.
 * Null where there is no connection, or where the cloud has no bytes of this SHA-256.
 */
export async function fetchPaper(
  { businessUid: business, replica }: BusinessContext,
  account: Account,
  uid: string,
  sha256: string,
): Promise<Buffer | null> {
  const boundTo = replica.read(readBinding)?.accountId;
  if (boundTo === undefined || boundTo !== account.known?.id) return null;
  const path = `/sync/documents/${uid}/pdf`;
  const asked = await account.call({ method: 'GET', path, business }, link);
  if (!asked.ok || asked.value.sha256 !== sha256) return null;
  const bytes = await download(asked.value.url);
  return bytes !== null && sha256Of(bytes) === sha256 ? bytes : null;
}

async function download(url: string): Promise<Buffer | null> {
  try {
    const answer = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const size = Number(answer.headers.get('content-length') ?? 0);
    if (!answer.ok || size > MAX_PDF_BYTES) return null;
    return Buffer.from(await answer.arrayBuffer());
  } catch {
    // The network went away; the paper is asked for again when it is opened again.
    return null;
  }
}
