import { createHash } from 'node:crypto';

import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { Result } from '../../../../src/shared/domain/result';
import { err, ok } from '../../../../src/shared/domain/result';
import type { PdfRenderer } from '../../../../src/shared/pdf/renderer';

/**
 * Why a document is not printed here: it is a draft; it was made with another renderer or other
 * fonts; some text has characters that no font has; its bytes are not those that its maker saw.
 */
export type PrintRefusal =
  'invoice_not_finalised' | 'renderer_unavailable' | 'text_unprintable' | 'pdf_hash_differs';

export interface PrintedPdf {
  readonly bytes: Uint8Array;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Prints a finalised document, or tells why these bytes must not be made (DOMAIN 3). */
export function printDocument(
  renderer: PdfRenderer,
  document: FrozenDocument,
  expectedSha256: string | null,
): Result<PrintedPdf, PrintRefusal> {
  if (document.issued === null) return err('invoice_not_finalised');
  const isSame =
    document.rendererVersion === renderer.version && document.fontSet === renderer.fontSet;
  if (!isSame) return err('renderer_unavailable');
  if (renderer.missingCharacters(document).length > 0) return err('text_unprintable');
  const bytes = renderer.render(document);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (expectedSha256 !== null && expectedSha256 !== sha256) return err('pdf_hash_differs');
  return ok({ bytes, sha256 });
}
