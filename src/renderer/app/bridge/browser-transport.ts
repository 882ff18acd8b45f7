import { browserShellPaths, sessionAnswer } from '../../../shared/contracts/browser-shell';
import type { ApiResult } from '../../../shared/contracts/api-result';
import type { CoreEvent } from '../../../shared/contracts/core-protocol';
import type { MenuCommand } from '../../../shared/contracts/desktop-bridge';
import { collection } from '../../../shared/contracts/app-api/reports';
import { downloadFile, openMailProgram, pickFile } from './browser-files';
import { readEventStream } from './event-stream';
import { printPdf } from './print-pdf';
import { Listeners, type Connection, type Transport } from './transport';

const SESSION_KEY = 'doccentr.session';
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
/**
 * Browsers deliver so much even when the page is closed or loaded anew (fetch's `keepalive`): calls
 * on their way then, and what is saved while the page goes. The limit is 64 KiB at a time.
 */
const MOST_LASTING_BYTES = 60_000;

/** The pages in a browser: HTTP to the shell on 127.0.0.1, with the session in a header. */
export function createBrowserTransport(): Transport {
  const events = new Listeners<CoreEvent>();
  const connections = new Listeners<Connection>();
  let connection: Connection = 'open';
  const session = openSession();
  let openedSession: string | null = null;
  void session.then((key) => (openedSession = key));
  let lastingBytes = 0;

  function setConnection(next: Connection): void {
    if (connection === next || connection === 'over') return;
    connection = next;
    connections.tell(next);
  }

  async function call(method: string, input: unknown): Promise<unknown> {
    // What a page still has to say while it is left must go out at once.
    const key = openedSession ?? (await session);
    if (key === null) return refuse();
    const body = new TextEncoder().encode(JSON.stringify(input));
    const outlivesPage = lastingBytes + body.length <= MOST_LASTING_BYTES;
    if (outlivesPage) lastingBytes += body.length;
    try {
      const response = await fetch(`${browserShellPaths.api}${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body,
        cache: 'no-store',
        keepalive: outlivesPage,
      });
      if (response.status === 401) return refuse();
      return await response.json();
    } catch {
      setConnection('lost');
      return { ok: false, error: { kind: 'unavailable' } } satisfies ApiResult;
    } finally {
      if (outlivesPage) lastingBytes -= body.length;
    }
  }

  function refuse(): ApiResult {
    setConnection('over');
    return { ok: false, error: { kind: 'not_allowed' } };
  }

  /** Listens for as long as the page lives; after a gap, everything shown is read again. */
  async function listen(): Promise<void> {
    const key = await session;
    if (key === null) return setConnection('over');
    let retry = FIRST_RETRY_MS;
    let isFirst = true;
    for (;;) {
      const outcome = await readEventStream(key, {
        onOpen: () => {
          retry = FIRST_RETRY_MS;
          setConnection('open');
          if (!isFirst) for (const event of everythingChanged()) events.tell(event);
          isFirst = false;
        },
        onEvent: (event) => events.tell(event),
      });
      if (outcome === 'refused') return setConnection('over');
      setConnection('lost');
      await new Promise((resolve) => setTimeout(resolve, retry));
      retry = Math.min(retry * 2, LONGEST_RETRY_MS);
    }
  }

  void listen();

  return {
    shell: 'browser',
    call,
    onEvent: (listener) => events.add(listener),
    onMenuCommand: noMenu,
    connection: () => connection,
    onConnection: (listener) => connections.add(listener),
    saveFile: (file) => Promise.resolve(downloadFile(file)),
    openFile: pickFile,
    openMail: (draft) => Promise.resolve(openMailProgram(draft)),
    printPdf: (pdf) => Promise.resolve(printPdf(pdf)),
  };
}

/** A browser tab has no application menu of ours. */
function noMenu(_listener: (command: MenuCommand) => void): () => void {
  return () => undefined;
}

function everythingChanged(): readonly CoreEvent[] {
  return [{ event: 'app_state' }, { event: 'changed', collections: [...collection.options] }];
}

/**
 * The session of this tab, or null when there is none. Token or code leave the address bar at once,
 * before the router reads it; the session outlives a reload of the tab, not the tab.
 */
function openSession(): Promise<string | null> {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const token = parameters.get('token');
  const code = parameters.get('code');
  if (token === null && code === null) {
    return Promise.resolve(sessionStorage.getItem(SESSION_KEY));
  }
  history.replaceState(null, '', location.pathname + location.search);
  return exchange(token === null ? { code } : { token });
}

async function exchange(body: object): Promise<string | null> {
  try {
    const response = await fetch(browserShellPaths.session, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
    });
    if (!response.ok) return null;
    const { session } = sessionAnswer.parse(await response.json());
    sessionStorage.setItem(SESSION_KEY, session);
    return session;
  } catch {
    return null;
  }
}
