/** Long enough for any print dialog to have read the document. */
const KEEP_MS = 10 * 60_000;

/**
 * Opens the browser's print dialog for a PDF, through a frame without size that shows it in the
 * built-in viewer (one that is not displayed at all would load no viewer). Where there is none, or
 * it cannot be told to print, the document opens in a tab of its own.
 */
export function printPdf(pdf: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }));
  const frame = document.createElement('iframe');
  frame.title = 'PDF';
  frame.tabIndex = -1;
  frame.ariaHidden = 'true';
  Object.assign(frame.style, { position: 'fixed', width: '0', height: '0', border: '0' });
  frame.addEventListener(
    'load',
    () => {
      try {
        if (!navigator.pdfViewerEnabled) throw new Error('no built-in viewer');
        frame.contentWindow?.focus();
        frame.contentWindow?.print();
      } catch {
        window.open(address);
      }
    },
    { once: true },
  );
  frame.src = address;
  document.body.append(frame);
  setTimeout(() => {
    frame.remove();
    URL.revokeObjectURL(address);
  }, KEEP_MS);
}
