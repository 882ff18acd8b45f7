import type { FrozenDocument } from '../../../shared/domain/frozen-document';
import type { Invoice } from '../../../shared/domain/invoice';
import type { InvoiceUid, SeriesUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import { checkDraft } from '../../../shared/domain/document-rules';
import { documentFileName } from '../../../shared/domain/document-file-name';
import { issue, notFound, ok, refusedFor } from '../../../shared/domain/result';
import type { UseCases } from '../../context';
import { readPdf } from '../documents/frozen-store';
import { withPlaceholders } from '../documents/placeholders';
import { freezeStored } from './freeze-stored';
import { findInvoice } from './invoice-repository';

export const pdfUseCases: UseCases<'invoices.pdf' | 'invoices.preview'> = {
  'invoices.pdf': async (context, { uid }) => {
    const renderer = await context.pdfRenderer();
    return context.replica.read((scope) => {
      const stored = findInvoice(scope, uid);
      if (stored === null) return notFound('invoice', uid);
      const { invoice, clientName } = stored;
      const fileName = documentFileName(invoice.number, clientName);
      if (invoice.pdfSha256 !== null) {
        const bytes = readPdf(scope, stored.id, invoice.pdfSha256);
        if (bytes === null) throw new Error(`an issued document without its PDF: ${uid}`);
        return ok({ fileName, pdf: bytes.toString('base64') });
      }
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
