import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';

import { app, dialog, shell, type BrowserWindow } from 'electron';

import type {
  FileToOpen,
  FileToSave,
  OpenedFile,
  PdfToPrint,
  SaveOutcome,
} from '../shared/contracts/desktop-bridge';
import { safeFileName } from './safe-file-name';
import type { Translate } from './translate';

/** Asks where to save and writes the file there. */
export async function saveFile(
  window: BrowserWindow,
  translate: Translate,
  file: FileToSave,
): Promise<SaveOutcome> {
  const name = safeFileName(file.fileName);
  const ending = extname(name).slice(1);
  const chosen = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), name),
    filters: [
      ...(ending === 'pdf' || ending === 'csv'
        ? [{ name: translate(`dialog.${ending}`), extensions: [ending] }]
        : []),
      { name: translate('dialog.all'), extensions: ['*'] },
    ],
  });
  if (chosen.canceled || chosen.filePath === '') return 'cancelled';
  await writeFile(chosen.filePath, file.bytes);
  return 'saved';
}

/** Asks for one file and reads it. The page never learns where it lies. */
export async function openFile(
  window: BrowserWindow,
  translate: Translate,
  request: FileToOpen,
): Promise<OpenedFile> {
  const chosen = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [
      ...(request.accept.length > 0
        ? [{ name: translate('dialog.suitable'), extensions: request.accept }]
        : []),
      { name: translate('dialog.all'), extensions: ['*'] },
    ],
  });
  const [path] = chosen.filePaths;
  if (chosen.canceled || path === undefined) return null;
  return { fileName: basename(path), bytes: new Uint8Array(await readFile(path)) };
}

/**
 * Hands a PDF to the program that the system has for PDF documents, which prints it. The copy lies
 * in a directory that only this user can read and goes when the app ends.
 */
export async function printPdf({ bytes }: PdfToPrint): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'doccentr-print-'));
  app.once('will-quit', () => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'document.pdf');
  await writeFile(file, bytes, { mode: 0o600 });
  const problem = await shell.openPath(file);
  if (problem !== '') throw new Error('no program opens PDF documents');
}
