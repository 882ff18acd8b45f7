import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';

import type { Supervisor } from '../core/host/supervisor';
import type { ApiResult } from '../shared/contracts/api-result';
import { bridgeChannels } from '../shared/contracts/bridge-channels';
import { fileToOpen, fileToSave, mailDraft, pdfToPrint } from '../shared/contracts/desktop-bridge';
import { mailAddress } from '../shared/mail-address';
import { openFile, printPdf, saveFile } from './files';
import { openExternally } from './guards';
import type { Translate } from './translate';
import { isTrustedSender } from './trusted-sender';

const apiCall = z.object({ method: z.string().max(100), input: z.unknown() });

const MALFORMED: ApiResult = {
  ok: false,
  error: { kind: 'refused', issues: [{ field: '', code: 'malformed' }] },
};

/** Answers what the preload sends. Every channel checks the sender and parses the message. */
export function serveBridge(core: Pick<Supervisor, 'call'>, translate: Translate): void {
  ipcMain.handle(bridgeChannels.call, async (event, message: unknown): Promise<ApiResult> => {
    if (!isTrustedSender(event.senderFrame)) return { ok: false, error: { kind: 'not_allowed' } };
    const request = apiCall.safeParse(message);
    return request.success ? await core.call(request.data.method, request.data.input) : MALFORMED;
  });

  handle(bridgeChannels.saveFile, fileToSave, (file, window) => saveFile(window, translate, file));
  handle(bridgeChannels.openFile, fileToOpen, (wish, window) => openFile(window, translate, wish));
  handle(bridgeChannels.printPdf, pdfToPrint, (pdf) => printPdf(pdf));
  handle(bridgeChannels.openMail, mailDraft, (draft) => openExternally(mailAddress(draft)));
}

/** A channel for what only the shell can do; a message that does not fit is a bug and rejects. */
function handle<Message extends z.ZodType>(
  channel: string,
  schema: Message,
  carryOut: (message: z.output<Message>, window: BrowserWindow) => unknown,
): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, message: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!isTrustedSender(event.senderFrame) || window === null) throw new Error('not allowed');
    return await carryOut(schema.parse(message), window);
  });
}
