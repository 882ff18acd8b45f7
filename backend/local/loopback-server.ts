import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { LOOPBACK } from './ports';

export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Serves JSON on this machine only; port 0 is any free one. A handler that throws answers 500 with the message. */
export function serveLoopback(
  port: number,
  answer: (request: IncomingMessage) => Promise<Reply>,
): Promise<LoopbackServer> {
  function respond(request: IncomingMessage, response: ServerResponse): void {
    answer(request)
      .catch((error: unknown) => ({
        status: 500,
        body: { error: error instanceof Error ? error.message : 'unknown' },
      }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      })
      // Who asked is gone.
      .catch(() => response.destroy());
  }
  const server = createServer(respond);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      const bound = server.address();
      const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
      resolve({
        address: `http://${LOOPBACK}:${actual}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

/** The whole body of a request; fails beyond `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new Error(`the body is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
