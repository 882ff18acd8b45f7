import { clientRoutes } from '../../../src/shared/contracts/rest-v1/clients';
import { syncRoutesOf } from '../../../src/shared/contracts/sync/routes';
import type { Service } from '../../kit/run-service';
import { createSyncHandlers } from '../../kit/sync/sync-handlers';
import { createClientDocuments } from './adapters/client-documents';
import { createHomeCountry } from './adapters/home-country';
import { createClientHandlers } from './api/client-handlers';
import { createInternalRoutes } from './api/internal';
import { clientsCollection } from './sync/clients-collection';

const routes = { ...clientRoutes, ...syncRoutesOf('clients') };

/** Clients of every business. */
export const clientsService: Service<typeof routes> = {
  name: 'clients',
  routes,
  build({ db, calls }) {
    const homeCountry = createHomeCountry(db, calls);
    return {
      handlers: {
        ...createClientHandlers(db, homeCountry, createClientDocuments(calls)),
        ...createSyncHandlers(db, 'clients', [clientsCollection]),
      },
      internal: createInternalRoutes(db),
      events: { BusinessUpdated: (event) => homeCountry.applyEvent(event) },
    };
  },
};
