import { clientRoutes } from '../../../src/shared/contracts/rest-v1/clients';
import type { Service } from '../../kit/run-service';
import { createClientHandlers } from './api/client-handlers';
import { createInternalRoutes } from './api/internal';

/** Clients of every business. Memberships are the only thing it is told by others. */
export const clientsService: Service<typeof clientRoutes> = {
  name: 'clients',
  routes: clientRoutes,
  build: ({ db }) => ({
    handlers: createClientHandlers(db),
    internal: createInternalRoutes(db),
  }),
};
