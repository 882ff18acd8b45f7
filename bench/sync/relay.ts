import { Agent, createServer, request as ask } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Cloud } from '../../backend/local/cloud';
import type { SyncCollection } from '../../src/shared/contracts/sync/collections';
import { SYNC_COLLECTIONS } from '../../src/shared/contracts/sync/collections';

/** A call that passed the relay. */
export interface Passed {
  readonly method: string;
  /** Without the query: `/sync/invoices/changes`. */
  readonly path: string;
  /** When it came, and when its answer was through (`performance.now()`). */
  readonly from: number;
  until: number;
  /** Bytes of the bodies as they travel. */
  sent: number;
  received: number;
}

/** Stands between devices and the cloud and sees what goes over the wire, packed as it is. */
export interface Relay {
  readonly address: string;
  readonly passed: Passed[];
  stop(): Promise<void>;
}

/**
 * Calls of a collection go to the service that owns it, as they would through a gateway that costs
 * nothing; with `throughGateway` they go through the local one like all others.
 */
export async function startRelay(cloud: Cloud, throughGateway = false): Promise<Relay> {
  const passed: Passed[] = [];
  const agent = new Agent({ keepAlive: true });

  function baseOf(path: string): string {
    const [, first, collection = ''] = path.split('/');
    if (throughGateway || first !== 'sync' || !(collection in SYNC_COLLECTIONS)) return cloud.api;
    const { service } = SYNC_COLLECTIONS[collection as SyncCollection];
    return `${cloud.file.services[service] ?? ''}/v1`;
  }

  const server = createServer((incoming, answer) => {
    const target = incoming.url ?? '/';
    const [path = ''] = target.split('?');
    const call: Passed = {
      method: incoming.method ?? '',
      path,
      from: performance.now(),
      until: Number.NaN,
      sent: 0,
      received: 0,
    };
    passed.push(call);
    pass(incoming, answer, `${baseOf(path)}${target}`, agent, call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    passed,
    async stop() {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(
  incoming: IncomingMessage,
  answer: ServerResponse,
  address: string,
  agent: Agent,
  call: Passed,
): void {
  const { method } = call;
  const onward = ask(address, { agent, method, headers: ownHeaders(incoming.headers) }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.on('data', (chunk: Buffer) => (call.received += chunk.byteLength));
    reply.on('end', () => (call.until = performance.now()));
    reply.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => {
    if (Number.isNaN(call.until)) onward.destroy();
  });
  incoming.on('data', (chunk: Buffer) => (call.sent += chunk.byteLength));
  incoming.pipe(onward);
}

function ownHeaders({ host: _, connection: __, ...others }: IncomingHttpHeaders) {
  return others;
}
