import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** A network between a machine and the cloud, which a test can cut and bring back. */
export interface Network {
  /** The cloud's address as it is reached through this network. */
  readonly address: string;
  /** Ends what is under way and refuses what comes. */
  cut(): Promise<void>;
  /** Lets through so many bytes a second each way, of connections that begin from here on. */
  slow(bytesPerSecond: number): Promise<void>;
  /** Answers every call with this problem instead of passing it on. */
  refuse(status: number, code: string): Promise<void>;
  restore(): Promise<void>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Carries bytes to the server of `address`, a URL, as they are. */
export async function startNetwork(address: string): Promise<Network> {
  const target = new URL(address);
  const sockets = new Set<Socket>();
  let server = await listen(createPassage(), 0);
  const { port } = server.address() as AddressInfo;

  function createPassage(bytesPerSecond = Number.POSITIVE_INFINITY): Server {
    return createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        // A cut connection is what the test wants; both ends go down together.
        socket.on('error', () => undefined);
        socket.on('close', () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      if (Number.isFinite(bytesPerSecond)) {
        near.pipe(paced(bytesPerSecond)).pipe(far).pipe(paced(bytesPerSecond)).pipe(near);
      } else {
        near.pipe(far).pipe(near);
      }
    });
  }

  function createRefusal(status: number, code: string): Server {
    const refusal = createHttpServer((_, answer) => {
      answer.writeHead(status, { 'content-type': 'application/problem+json' });
      answer.end(
        JSON.stringify({ type: `urn:doccentr:problem:${code}`, title: code, status, code }),
      );
    });
    return refusal.on('connection', (socket: Socket) => sockets.add(socket));
  }

  async function cut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    address: `http://${HOST}:${port}${target.pathname}`,
    cut,
    slow: async (bytesPerSecond) => {
      await cut();
      server = await listen(createPassage(bytesPerSecond), port);
    },
    refuse: async (status, code) => {
      await cut();
      server = await listen(createRefusal(status, code), port);
    },
    restore: async () => {
      await cut();
      server = await listen(createPassage(), port);
    },
    stop: cut,
  };
}

/** Passes bytes on at a pace, piece by piece. */
function paced(bytesPerSecond: number): Transform {
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      void pause((piece.byteLength / bytesPerSecond) * 1_000).then(() => done(null, piece));
    },
  });
}

async function listen(server: Server, port: number): Promise<Server> {
  server.listen(port, HOST);
  await once(server, 'listening');
  return server;
}
