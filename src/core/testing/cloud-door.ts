import { once } from 'node:events';
import { createServer, request as send, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A call on its way to the cloud. */
export interface DoorCall {
  readonly method: string;
  /** Below the API's address, with its query. */
  readonly path: string;
  /** Parsed; null where there is none. */
  readonly body: unknown;
}

/**
 * `cut`: it never arrives. `cut_answer`: it is carried out, and nobody hears of it. `hang_answer`:
 * the same, and the connection stays open without a word.
 */
export type DoorAnswer =
  'cut' | 'cut_answer' | 'hang_answer' | { readonly status: number; readonly code?: string };

/** A door between a machine and the cloud, at which a test decides what becomes of each call. */
export interface CloudDoor {
  readonly apiUrl: string;
  /** What came, in its order, whatever became of it. */
  readonly calls: readonly DoorCall[];
  /** Null: it goes through. */
  decide: (call: DoorCall) => DoorAnswer | null;
  close(): Promise<void>;
}

export async function openCloudDoor(cloudUrl: string): Promise<CloudDoor> {
  const target = new URL(cloudUrl);
  const calls: DoorCall[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const { method = 'GET', url = '/', headers } = request;
      const call = { method, path: url.slice(target.pathname.length), body: read(body, headers) };
      calls.push(call);
      const decided = door.decide(call);
      if (decided === 'cut') return void response.destroy();
      if (typeof decided === 'object' && decided !== null) {
        const { status, code = 'refused' } = decided;
        response.writeHead(status, { 'content-type': 'application/problem+json' });
        return void response.end(
          JSON.stringify({ type: 'about:blank', title: 'Refused', status, code }),
        );
      }
      const onward = send(
        { host: target.hostname, port: target.port, path: url, method, headers },
        (answer) => {
          if (decided === 'hang_answer') return void answer.resume();
          if (decided === 'cut_answer') {
            answer.resume();
            return void answer.on('end', () => response.destroy());
          }
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        },
      );
      onward.on('error', () => response.destroy());
      // A poll that nobody waits for any more.
      response.on('close', () => onward.destroy());
      onward.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const door: CloudDoor = {
    apiUrl: `http://127.0.0.1:${port}${target.pathname}`,
    calls,
    decide: () => null,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return door;
}

function read(body: Buffer, headers: IncomingHttpHeaders): unknown {
  if (body.byteLength === 0) return null;
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  return JSON.parse(text.toString('utf8'));
}
