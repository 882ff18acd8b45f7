import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What SES does with the mails that come: take them, or fail in one of the ways that it can. */
export type Mood = 'takes' | 'refuses' | 'is_busy' | 'takes_and_hangs_up' | 'has_not_verified';

export interface MoodySes {
  readonly address: string;
  setMood(mood: Mood): void;
  stop(): Promise<void>;
}

/** Stands before the emulator's SES and passes everything on as long as it is in the mood. */
export async function startMoodySes(emulator: string): Promise<MoodySes> {
  const target = new URL(emulator);
  let mood: Mood = 'takes';

  const server = createServer((incoming, answer) => {
    const isMail = incoming.method === 'POST' && (incoming.url ?? '').includes('outbound-emails');
    if (mood === 'has_not_verified' && (incoming.url ?? '').includes('/identities/')) {
      incoming.resume();
      answer.writeHead(200, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ VerifiedForSendingStatus: false }));
      return;
    }
    const present = isMail ? mood : 'takes';
    if (present === 'refuses' || present === 'is_busy') {
      const [status, type] =
        present === 'refuses' ? [400, 'MessageRejected'] : [429, 'TooManyRequestsException'];
      // Once it was asked the whole of it: who is answered earlier may see a broken connection.
      incoming.resume().once('end', () => {
        answer.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
        answer.end(JSON.stringify({ message: 'not now' }));
      });
      return;
    }
    const { method, url, headers } = incoming;
    const { hostname, port } = target;
    const passed = request({ hostname, port, method, path: url, headers }, (received) => {
      if (present === 'takes_and_hangs_up') {
        received.resume();
        incoming.socket.destroy();
        return;
      }
      answer.writeHead(received.statusCode ?? 502, received.headers);
      received.pipe(answer);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    setMood(wanted) {
      mood = wanted;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
