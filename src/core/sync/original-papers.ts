import { eq } from 'drizzle-orm';

import { documentPdfRoutes } from '../../shared/contracts/rest-v1/pdf';
import type { Account } from '../account/account';
import type { BusinessContext } from '../context';
import { readPdf } from '../features/documents/frozen-store';
import { findInvoice } from '../features/invoices/invoice-repository';
import type { ReadScope } from '../replica/replica';
import { sends } from '../replica/schema';

/** The reason of a send that waits for the bytes that its device made. */
const PDF_DIFFERS = 'pdf_differs';
const PATIENCE_MS = 60_000;

const { uploadDocumentPdf, confirmDocumentPdf } = documentPdfRoutes;
const place = uploadDocumentPdf.success[200].body;
const confirmed = confirmDocumentPdf.success[200].body;

/**
 * Brings the cloud the PDFs that it cannot make itself (R73): mails with them wait until then.
 * `brought` are those it has been given already: its word that a mail goes on comes with a later
 * pull. What fails is tried again after the next round.
 */
export async function bringOriginals(
  context: BusinessContext,
  account: Account,
  brought: Set<string>,
): Promise<void> {
  for (const paper of context.replica.read((scope) => wantedPapers(scope, brought))) {
    if (await bring(context, account, paper)) brought.add(paper.sha256);
  }
}

/** Whether a mail waits for bytes that only this device has, and that were not brought yet. */
export function hasOriginals(scope: ReadScope, brought: ReadonlySet<string>): boolean {
  return wantedPapers(scope, brought).length > 0;
}

interface Paper {
  readonly uid: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** Only who finalised a document has its first bytes. */
function wantedPapers(scope: ReadScope, brought: ReadonlySet<string>): readonly Paper[] {
  const held = scope.db.select().from(sends).where(eq(sends.state, 'held')).all();
  const uids = new Set(
    held.filter(({ record }) => record.reason === PDF_DIFFERS).map(({ invoiceUid }) => invoiceUid),
  );
  return [...uids].flatMap((uid) => {
    const stored = findInvoice(scope, uid);
    const sha256 = stored?.invoice.pdfSha256 ?? null;
    if (stored === null || sha256 === null || brought.has(sha256)) return [];
    const bytes = readPdf(scope, stored.id, sha256);
    return bytes === null ? [] : [{ uid, sha256, bytes }];
  });
}

async function bring(
  { businessUid: business }: BusinessContext,
  account: Account,
  { uid, sha256, bytes }: Paper,
): Promise<boolean> {
  const path = `/sync/documents/${uid}`;
  const asked = await account.call(
    {
      method: 'POST',
      path: `${path}/upload`,
      business,
      body: { sha256, bytes: bytes.byteLength },
    },
    place,
  );
  if (!asked.ok) return false;
  try {
    const put = await fetch(asked.value.url, {
      method: 'PUT',
      redirect: 'error',
      headers: asked.value.headers,
      body: new Uint8Array(bytes),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!put.ok) return false;
  } catch {
    // The network went away; the next round tries again.
    return false;
  }
  const told = await account.call(
    { method: 'POST', path: `${path}/uploaded`, business, body: { sha256 } },
    confirmed,
  );
  return told.ok;
}
