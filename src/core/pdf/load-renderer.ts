import type { PdfRenderer } from '../../shared/pdf/renderer';

/** The PDF renderer with its fonts. Loaded with the first document, not at the start of the app. */
export async function loadPdfRenderer(): Promise<PdfRenderer> {
  const [{ createPdfRenderer }, { loadPdfAssets }] = await Promise.all([
    import('../../shared/pdf/renderer'),
    import('./load-pdf-assets'),
  ]);
  return await createPdfRenderer(await loadPdfAssets());
}
