import { coreEvent } from '../../../shared/contracts/core-protocol';
import {
  menuCommand,
  openedFile,
  saveOutcome,
  type DesktopBridge,
} from '../../../shared/contracts/desktop-bridge';
import type { Transport } from './transport';

/** The pages in Electron: everything goes through the one object that the preload exposes. */
export function createDesktopTransport(bridge: DesktopBridge): Transport {
  return {
    shell: 'desktop',
    call: (method, input) => bridge.call(method, input),
    onEvent: (listener) => bridge.onEvent((event) => listener(coreEvent.parse(event))),
    onMenuCommand: (listener) =>
      bridge.onMenuCommand((command) => listener(menuCommand.parse(command))),
    // The shell is the parent of the pages: without it there are none.
    connection: () => 'open',
    onConnection: () => () => undefined,
    saveFile: async (file) => saveOutcome.parse(await bridge.saveFile(file)),
    openFile: async (request) => openedFile.parse(await bridge.openFile(request)),
    openMail: async (draft) => {
      await bridge.openMail(draft);
    },
    printPdf: async (bytes) => {
      await bridge.printPdf({ bytes });
    },
  };
}
