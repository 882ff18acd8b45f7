import type { ServerResponse } from 'node:http';

import type { CoreEvent } from '../shared/contracts/core-protocol';

/** An empty line now and then lets both sides notice a connection that broke silently. */
const HEARTBEAT_MS = 15_000;

/** A tab that reads nothing is cut off; once it reads again, it connects anew and reads all. */
const MOST_UNREAD_BYTES = 1_000_000;

/** Open tabs that listen for events, one JSON document per line. */
export class EventFeed {
  readonly #listeners = new Set<ServerResponse>();
  readonly #heartbeat = setInterval(() => this.#write('\n'), HEARTBEAT_MS).unref();

  add(response: ServerResponse): void {
    this.#listeners.add(response);
    response.once('close', () => this.#listeners.delete(response));
    // Something must be sent at once, so that the page knows that it is heard.
    response.write('\n');
  }

  tell(event: CoreEvent): void {
    this.#write(`${JSON.stringify(event)}\n`);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const listener of this.#listeners) listener.end();
  }

  #write(text: string): void {
    for (const listener of this.#listeners) {
      if (listener.writableLength > MOST_UNREAD_BYTES) listener.destroy();
      else listener.write(text);
    }
  }
}
