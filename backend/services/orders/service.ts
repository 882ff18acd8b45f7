import { orderRoutes } from '../../../src/shared/contracts/rest-v1/orders';
import { syncRoutesOf } from '../../../src/shared/contracts/sync/routes';
import type { Service } from '../../kit/run-service';
import { createSyncHandlers } from '../../kit/sync/sync-handlers';
import { createDirectory } from './adapters/directory';
import { createEventHandlers } from './adapters/events';
import { createInternalRoutes } from './api/internal';
import { createOrderHandlers } from './api/order-handlers';
import { createProductHandlers } from './api/product-handlers';
import { syncedCollections } from './sync/collections';

const routes = { ...orderRoutes, ...syncRoutesOf('orders') };

/** Orders and products of every business. */
export const ordersService: Service<typeof routes> = {
  name: 'orders',
  routes,
  build({ db, calls }) {
    const directory = createDirectory(calls);
    return {
      handlers: {
        ...createOrderHandlers(db, directory),
        ...createProductHandlers(db, directory),
        ...createSyncHandlers(db, 'orders', syncedCollections),
      },
      internal: createInternalRoutes(db),
      events: createEventHandlers(db),
    };
  },
};
