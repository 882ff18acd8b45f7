import { browserShellPaths } from '../../../shared/contracts/browser-shell';
import { coreEvent, type CoreEvent } from '../../../shared/contracts/core-protocol';

/** The shell writes an empty line this often at least, so silence means that it is gone. */
const SILENCE_MS = 45_000;

/**
 * Reads the events of the browser shell, one JSON document per line, until the stream ends.
 * Fetch instead of EventSource, because only fetch can carry the session in a header.
 */
export async function readEventStream(
  session: string,
  on: { readonly onOpen: () => void; readonly onEvent: (event: CoreEvent) => void },
): Promise<'ended' | 'refused'> {
  const abort = new AbortController();
  let silence = setTimeout(() => abort.abort(), SILENCE_MS);
  try {
    const response = await fetch(browserShellPaths.events, {
      headers: { authorization: `Bearer ${session}` },
      cache: 'no-store',
      signal: abort.signal,
    });
    if (response.status === 401) return 'refused';
    if (!response.ok || response.body === null) return 'ended';
    on.onOpen();
    const splitLines = createLineSplitter();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'ended';
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENCE_MS);
      for (const line of splitLines(value)) on.onEvent(coreEvent.parse(JSON.parse(line)));
    }
  } catch {
    return 'ended';
  } finally {
    clearTimeout(silence);
  }
}

/** Turns pieces of text into the complete, non-empty lines that they finish. */
export function createLineSplitter(): (text: string) => readonly string[] {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    return lines.filter((line) => line !== '');
  };
}
