import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Route, ServiceName } from '../../../src/shared/contracts/rest-v1/route';

/** All services behind one address, and how calls were answered. */
export interface ServiceRouter {
  /** Ends with `/v1`. */
  readonly address: string;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  stop(): Promise<void>;
}

/**
 * Sends every call to the service that has its path, bytes as they are. Stands in for the gateway:
 * the emulator's own error pages and its reading of odd requests are not what is under test, and
 * calls take a third of the time.
 */
export async function startServiceRouter(
  services: Readonly<Record<string, string>>,
  routes: readonly Route[],
): Promise<ServiceRouter> {
  const statuses = new Map<number, number>();
  const server = createServer((incoming, outgoing) => {
    const target = services[serviceOf(incoming.url ?? '/', routes)];
    if (target === undefined) throw new Error(`no service has ${incoming.url ?? ''}`);
    forward(target, incoming, outgoing, (status) =>
      statuses.set(status, (statuses.get(status) ?? 0) + 1),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    statuses,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The service of the first route whose fixed parts are those of the address; clients otherwise. */
function serviceOf(url: string, routes: readonly Route[]): ServiceName {
  const parts = (url.split('?')[0] ?? '').split('/').slice(2);
  const matches = ({ path }: Route) => {
    const wanted = path.split('/').slice(1);
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part.startsWith('{') || part === parts[index])
    );
  };
  return routes.find(matches)?.service ?? 'clients';
}

function forward(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  note: (status: number) => void,
): void {
  const { method, url, headers } = incoming;
  const call = request(`${target}${url ?? '/'}`, { method, headers }, (answer) => {
    const status = answer.statusCode ?? 0;
    note(status);
    outgoing.writeHead(status, answer.headers);
    answer.pipe(outgoing);
  });
  // The one who called sees a connection that broke, which is what happened.
  call.once('error', () => outgoing.destroy());
  incoming.pipe(call);
}
