import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';

import { bridgeChannels } from '../shared/contracts/bridge-channels';
import type { DesktopBridge } from '../shared/contracts/desktop-bridge';

/** Hears one channel without handing Electron's event object, and so the sender, to the page. */
function listen(channel: string, listener: (message: unknown) => void): () => void {
  function hear(_event: IpcRendererEvent, message: unknown): void {
    listener(message);
  }
  ipcRenderer.on(channel, hear);
  return () => ipcRenderer.removeListener(channel, hear);
}

/** Narrow by intention: each channel is named here; the main process parses what arrives. */
const bridge: DesktopBridge = {
  call: (method, input) => ipcRenderer.invoke(bridgeChannels.call, { method, input }),
  onEvent: (listener) => listen(bridgeChannels.event, listener),
  onMenuCommand: (listener) => listen(bridgeChannels.menuCommand, listener),
  saveFile: (file) => ipcRenderer.invoke(bridgeChannels.saveFile, file),
  openFile: (request) => ipcRenderer.invoke(bridgeChannels.openFile, request),
  openMail: (draft) => ipcRenderer.invoke(bridgeChannels.openMail, draft),
  printPdf: (pdf) => ipcRenderer.invoke(bridgeChannels.printPdf, pdf),
};

contextBridge.exposeInMainWorld('doccentr', bridge);
