import { z } from 'zod';

import type { ServiceName } from '../rest-v1/route';
import { route } from '../rest-v1/route';
import type { SyncCollection } from './collections';
import { COLLECTION_ORDER, SYNC_COLLECTIONS } from './collections';
import {
  deviceRegistration,
  heads,
  pullAnswer,
  pullQuery,
  pushAnswer,
  pushRequest,
  registeredDevice,
} from './protocol';

const TAG = { tag: 'Sync' } as const;

function titleOf(collection: SyncCollection): string {
  return `${collection.charAt(0).toUpperCase()}${collection.slice(1)}`;
}

function pushRoute(collection: SyncCollection, service: ServiceName) {
  return route({
    ...TAG,
    service,
    operationId: `push${titleOf(collection)}`,
    summary: `Tell changes of ${collection} that a device made`,
    method: 'POST',
    path: `/sync/${collection}/mutations`,
    // Without any change it only asks: changes of a viewer are refused by the handler.
    access: { member: 'viewer' },
    isBulk: true,
    body: pushRequest,
    refusals: [409],
    success: { 200: { description: 'What became of each mutation', body: pushAnswer } },
  });
}

function pullRoute(collection: SyncCollection, service: ServiceName) {
  return route({
    ...TAG,
    service,
    operationId: `pull${titleOf(collection)}`,
    summary: `Ask for changes of ${collection} since a cursor`,
    method: 'GET',
    path: `/sync/${collection}/changes`,
    access: { member: 'viewer' },
    query: pullQuery,
    refusals: [409],
    success: { 200: { description: 'A page of changes', body: pullAnswer } },
  });
}

type SyncRoute = ReturnType<typeof pushRoute> | ReturnType<typeof pullRoute>;

/** The sync operations of the collections that a service owns: `pushClients`, `pullClients`. */
export function syncRoutesOf(service: ServiceName): Readonly<Record<string, SyncRoute>> {
  const routes = COLLECTION_ORDER.filter(
    (collection) => SYNC_COLLECTIONS[collection].service === service,
  ).flatMap((collection) => [pushRoute(collection, service), pullRoute(collection, service)]);
  return Object.fromEntries(routes.map((one) => [one.operationId, one]));
}

export const deviceRoutes = {
  registerDevice: route({
    ...TAG,
    service: 'auth',
    operationId: 'registerDevice',
    summary: 'Register a device of the business; gives its number series their letter',
    method: 'POST',
    path: '/sync/devices',
    access: { member: 'bookkeeper' },
    body: deviceRegistration,
    refusals: [409],
    success: {
      200: { description: 'The device, the same when asked again', body: registeredDevice },
    },
  }),
  pollSync: route({
    ...TAG,
    service: 'auth',
    operationId: 'pollSync',
    summary: 'Wait (25 s at most) until a collection stands elsewhere than the caller knows',
    method: 'GET',
    path: '/sync/poll',
    access: { member: 'viewer' },
    query: z.object({
      protocol: pullQuery.shape.protocol,
      /** JSON of the heads that the caller knows. */
      known: z.string().max(1_000).optional(),
      /** Seconds to wait. */
      wait: z
        .string()
        .regex(/^\d{1,2}$/)
        .transform(Number)
        .pipe(z.int().min(0).max(25))
        .optional(),
    }),
    refusals: [409],
    success: { 200: { description: 'Where every collection stands', body: heads } },
  }),
};
