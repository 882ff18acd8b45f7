import type { FrozenDocument } from '../../../shared/domain/frozen-document';
import type { Invoice } from '../../../shared/domain/invoice';
import type { InvoiceUid, SeriesUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import { checkDraft } from '../../../shared/domain/document-rules';
import { documentFileName } from '../../../shared/domain/document-file-name';
import type { Result } from '../../../shared/domain/result';
import { issue, notFound, ok, refused, refusedFor } from '../../../shared/domain/result';
import type { PdfRenderer } from '../../../shared/pdf/renderer';
import type { BusinessContext, UseCases } from '../../context';
import { hasPaper, keepPdf, readFrozen, readPdf, sha256Of } from '../documents/frozen-store';
import { withPlaceholders } from '../documents/placeholders';
import { freezeStored } from './freeze-stored';
import { findInvoice } from './invoice-repository';

export const pdfUseCases: UseCases<'invoices.pdf' | 'invoices.preview'> = {
  'invoices.pdf': async (context, { uid }) => {
    const renderer = await context.pdfRenderer();
    const issued = await issuedPdf(context, renderer, uid);
    if (issued !== null) return issued;
    return context.replica.read((scope) => {
      const stored = findInvoice(scope, uid);
      if (stored === null) return notFound('invoice', uid);
      const { invoice, clientName } = stored;
      const fileName = documentFileName(invoice.number, clientName);
      const frozen = freezeStored(scope, renderer, invoice, importedAs(invoice));
      const missing = renderer.missingCharacters(frozen);
      if (missing.length > 0) {
        return refusedFor(
          missing.map(({ field, characters }) =>
            issue(field, 'characters_not_printable', { characters: characters.join(' ') }),
          ),
        );
      }
      return ok({ fileName, pdf: toBase64(renderer.render(frozen)) });
    });
  },

  'invoices.preview': async (context, { uid, content }) => {
    const issues = checkDraft(content);
    if (issues.length > 0) return refusedFor(issues);
    const renderer = await context.pdfRenderer();
    return context.replica.read((scope) => {
      const stored = uid === undefined ? null : findInvoice(scope, uid);
      if (uid !== undefined && stored === null) return notFound('invoice', uid);
      const origin = stored?.invoice ?? UNSAVED;
      const subject = { ...origin, uid: uid ?? newUid<InvoiceUid>(), content };
      const frozen = freezeStored(scope, renderer, subject, null);
      const missing = renderer.missingCharacters(frozen).flatMap((found) => found.characters);
      const printable = missing.length === 0 ? frozen : withPlaceholders(frozen, missing);
      return ok({
        pdf: toBase64(renderer.render(printable)),
        missingCharacters: [...new Set(missing)],
      });
    });
  },
};

/**
 * The bytes of an issued document: those that were made when it was finalised, or, where another
 * device finalised it, the same made again from the paper that came; where this version prints
 * others, those that the cloud keeps. Null for drafts and imported history.
 */
async function issuedPdf(
  context: BusinessContext,
  renderer: PdfRenderer,
  uid: string,
): Promise<Result<{ fileName: string; pdf: string }> | null> {
  const found = context.replica.read((scope) => {
    const stored = findInvoice(scope, uid);
    const sha256 = stored?.invoice.pdfSha256 ?? null;
    if (stored === null || sha256 === null) return null;
    const bytes = readPdf(scope, stored.id, sha256);
    const isComplete = bytes === null && hasPaper(scope, stored.id);
    return { stored, sha256, bytes, frozen: isComplete ? readFrozen(scope, stored.id) : null };
  });
  if (found === null) return null;
  const { stored, sha256, frozen } = found;
  let { bytes } = found;
  if (bytes === null) {
    const printed = frozen === null ? null : Buffer.from(renderer.render(frozen));
    const isSame = printed !== null && sha256Of(printed) === sha256;
    bytes = isSame ? printed : await context.fetchPaper(uid, sha256);
    if (bytes === null) {
      return refused('', frozen === null ? 'being_fetched' : 'printed_by_other_version');
    }
    keep(context, stored.id, bytes);
  }
  const fileName = documentFileName(stored.invoice.number, stored.clientName);
  return ok({ fileName, pdf: bytes.toString('base64') });
}

function keep({ replica }: BusinessContext, invoiceId: number, bytes: Buffer): void {
  const kept = replica.write((scope) => {
    keepPdf(scope, invoiceId, bytes);
    return ok(undefined);
  });
  if (!kept.ok) throw new Error('the bytes of a paper could not be kept');
}

const UNSAVED = { kind: 'invoice', orderUid: null, correctsUid: null } as const;

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Imported history has its number but no frozen paper: it is rendered from its record. */
function importedAs(invoice: Invoice): FrozenDocument['issued'] {
  const { number, seriesUid, period, sequence, finalisedAt } = invoice;
  if (number === null || finalisedAt === null) return null;
  return {
    number,
    seriesUid: seriesUid ?? newUid<SeriesUid>(),
    period: period ?? 0,
    sequence: sequence ?? 0,
    finalisedAt,
  };
}
