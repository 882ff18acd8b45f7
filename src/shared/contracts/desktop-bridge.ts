import { z } from 'zod';

/**
 * What the desktop shell offers its pages besides the app-api: the one object that the preload
 * exposes. Everything that crosses is parsed on the far side.
 */

/** Bytes between the processes of the desktop shell, which copy them as they are. */
const byteArray = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Entries of the application menu that a page carries out. */
export const menuCommand = z.enum([
  'new_invoice',
  'new_order',
  'new_client',
  'new_product',
  'import',
  'find',
  'settings',
  'shortcuts',
]);
export type MenuCommand = z.infer<typeof menuCommand>;

export const fileToSave = z.object({
  /** A suggestion; the person chooses the place in a dialog. */
  fileName: z.string().min(1).max(255),
  mime: z.string().max(100),
  bytes: byteArray,
});
export type FileToSave = z.infer<typeof fileToSave>;

export const saveOutcome = z.enum(['saved', 'cancelled']);
export type SaveOutcome = z.infer<typeof saveOutcome>;

export const fileToOpen = z.object({
  /** File name endings without the dot, e.g. `['csv', 'txt']`. */
  accept: z.array(z.string().regex(/^[a-z0-9]{1,10}$/u)).max(20),
});
export type FileToOpen = z.infer<typeof fileToOpen>;

export const openedFile = z.object({ fileName: z.string(), bytes: byteArray }).nullable();
export type OpenedFile = z.infer<typeof openedFile>;

export const mailDraft = z.object({
  to: z.string().max(2_000),
  subject: z.string().max(1_000),
  body: z.string().max(20_000),
});
export type MailDraft = z.infer<typeof mailDraft>;

export const pdfToPrint = z.object({ bytes: byteArray });
export type PdfToPrint = z.infer<typeof pdfToPrint>;

/** `window.doccentr` in the desktop shell. Answers arrive as unknown and are parsed by the page. */
export interface DesktopBridge {
  call(method: string, input: unknown): Promise<unknown>;
  onEvent(listener: (event: unknown) => void): () => void;
  onMenuCommand(listener: (command: unknown) => void): () => void;
  saveFile(file: FileToSave): Promise<unknown>;
  openFile(request: FileToOpen): Promise<unknown>;
  openMail(draft: MailDraft): Promise<unknown>;
  printPdf(pdf: PdfToPrint): Promise<unknown>;
}
