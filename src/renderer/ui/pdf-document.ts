import type { PDFDocumentProxy } from 'pdfjs-dist';
import { getDocument, PDFWorker } from 'pdfjs-dist';
import PdfWorker from 'pdfjs-dist/build/pdf.worker.min.mjs?worker';

let worker: PDFWorker | null = null;

/** Opens a PDF in the one worker of the page; the caller's bytes stay its own. */
export function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  worker ??= PDFWorker.create({ port: new PdfWorker() });
  return getDocument({
    // The worker takes the buffer over, so it gets a copy.
    data: bytes.slice(),
    worker,
    // The security policy allows neither evaluated code nor WebAssembly, and our own PDFs hold
    // nothing that needs them.
    useWasm: false,
    enableXfa: false,
    stopAtErrors: true,
  }).promise;
}
