import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { SERVICE_HEADER } from '../identity/service-calls';
import type { ServiceIdentity } from '../identity/service-identity';
import { problemOf } from './refusal';

/** A question that other services may ask; never on the gateway, never with a user's token. */
export interface InternalRoute {
  readonly method: 'GET' | 'POST';
  /** Below `/internal/v1`, parameters with a colon. */
  readonly path: string;
  readonly callers: readonly ServiceName[];
  /** The answer's JSON; null answers 404. */
  readonly answer: (params: Readonly<Record<string, string>>, body: unknown) => Promise<unknown>;
}

const pathParams = z.record(z.string(), z.string());

/** Serves the questions of other services, each only to those that it names. */
export function addInternalRoutes(
  server: FastifyInstance,
  routes: readonly InternalRoute[],
  identity: ServiceIdentity,
): void {
  for (const route of routes) {
    server.route({
      method: route.method,
      url: `/internal/v1${route.path}`,
      handler: async (request, reply) => {
        const header = request.headers[SERVICE_HEADER];
        const caller = typeof header === 'string' ? await identity.verify(header) : null;
        if (caller === null || !route.callers.includes(caller)) {
          void reply.code(401).type('application/problem+json');
          return JSON.stringify(problemOf(401, 'service_unknown', request.id));
        }
        const answer = await route.answer(pathParams.parse(request.params), request.body);
        if (answer === null) {
          void reply.code(404).type('application/problem+json');
          return JSON.stringify(problemOf(404, 'not_found', request.id));
        }
        return reply.type('application/json').send(JSON.stringify(answer));
      },
    });
  }
}
