import type { MethodInput, MethodName, MethodOutput } from '../../shared/contracts/app-api';
import { parseResult } from '../../shared/contracts/api-result';
import type { ApiError, CoreEvent } from '../../shared/contracts/core-protocol';
import type {
  FileToOpen,
  FileToSave,
  MailDraft,
  MenuCommand,
  OpenedFile,
  SaveOutcome,
} from '../../shared/contracts/desktop-bridge';
import type { Result } from '../../shared/domain/result';
import { createBrowserTransport } from './bridge/browser-transport';
import { createDesktopTransport } from './bridge/desktop-transport';
import { styleNonce } from './bridge/style-nonce';
import type { Connection, Transport } from './bridge/transport';

const transport: Transport = window.doccentr
  ? createDesktopTransport(window.doccentr)
  : createBrowserTransport();

/**
 * The only way out of the pages: to the core (`call`, `onEvent`) and to the machine (files, mail,
 * printer). Two implementations: Electron's preload, or HTTP to the browser shell.
 */
export const bridge = {
  /** In which shell the pages run; a browser keeps some shortcuts for itself. */
  shell: transport.shell,

  /**
   * Calls a method of the core, which parses the input and names each field that is wrong
   * (`refused` with issues); the answer is parsed here. Rejects only on a bug.
   */
  async call<Name extends MethodName>(
    name: Name,
    input: MethodInput<Name>,
  ): Promise<Result<MethodOutput<Name>, ApiError>> {
    return parseResult(name, await transport.call(name, input));
  },

  /** Hears what changed in the core; answers how to stop hearing it. */
  onEvent: (listener: (event: CoreEvent) => void): (() => void) => transport.onEvent(listener),

  /** Entries of the desktop shell's menu that a page carries out. */
  onMenuCommand: (listener: (command: MenuCommand) => void): (() => void) =>
    transport.onMenuCommand(listener),

  /** How the pages stand with their shell; with `onConnection` for `useSyncExternalStore`. */
  connection: (): Connection => transport.connection(),
  onConnection: (listener: (connection: Connection) => void): (() => void) =>
    transport.onConnection(listener),

  /** Saves bytes under a name: a dialog on the desktop, a download in the browser. */
  saveFile: (file: FileToSave): Promise<SaveOutcome> => transport.saveFile(file),

  /** Lets the person choose one file, by endings such as `csv`; null when they choose none. */
  openFile: (request: FileToOpen): Promise<OpenedFile> => transport.openFile(request),

  /** Opens the user's own mail program with a message that is not sent yet. */
  openMail: (draft: MailDraft): Promise<void> => transport.openMail(draft),

  /** Lets the person print a PDF: the browser's print dialog, or the desktop's PDF program. */
  print: (pdf: Uint8Array): Promise<void> => transport.printPdf(pdf),

  /** For style elements that a library adds while it runs. */
  styleNonce,
};
