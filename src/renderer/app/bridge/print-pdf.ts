/** Long enough for any print dialog to have read the document. */
const KEEP_MS = 10 * 60_000;

/** Opens the print dialog for a PDF, by a hidden frame that shows it in the built-in viewer. */
export function printPdf(pdf: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }));
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.addEventListener('load', () => frame.contentWindow?.print(), { once: true });
  frame.src = address;
  document.body.append(frame);
  setTimeout(() => {
    frame.remove();
    URL.revokeObjectURL(address);
  }, KEEP_MS);
}
