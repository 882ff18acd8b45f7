import type { CoreEvent } from '../../../shared/contracts/core-protocol';
import type {
  DesktopBridge,
  FileToOpen,
  FileToSave,
  MailDraft,
  MenuCommand,
  OpenedFile,
  SaveOutcome,
} from '../../../shared/contracts/desktop-bridge';

declare global {
  interface Window {
    /** Exposed by the preload; absent in a browser. */
    readonly doccentr?: DesktopBridge;
  }
}

/**
 * How the pages stand with their shell. `lost`: it does not answer and is asked again by itself.
 * `over`: it refuses this tab (it was started anew, or the address was opened without its token);
 * only opening the printed address again helps.
 */
export type Connection = 'open' | 'lost' | 'over';

/** What the two shells have in common, seen from the pages. */
export interface Transport {
  readonly shell: 'desktop' | 'browser';
  /** The answer of the shell, not parsed yet. Rejects only on a bug. */
  call(method: string, input: unknown): Promise<unknown>;
  onEvent(listener: (event: CoreEvent) => void): () => void;
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  connection(): Connection;
  onConnection(listener: (connection: Connection) => void): () => void;
  saveFile(file: FileToSave): Promise<SaveOutcome>;
  openFile(request: FileToOpen): Promise<OpenedFile>;
  openMail(draft: MailDraft): Promise<void>;
  printPdf(pdf: Uint8Array): Promise<void>;
}

/** Listeners of one kind of message. */
export class Listeners<Message> {
  readonly #listeners = new Set<(message: Message) => void>();

  add(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(message: Message): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}
