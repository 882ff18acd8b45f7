import { orderRoutes } from '../../../src/shared/contracts/rest-v1/orders';
import type { Service } from '../../kit/run-service';
import { createDirectory } from './adapters/directory';
import { createEventHandlers } from './adapters/events';
import { createInternalRoutes } from './api/internal';
import { createOrderHandlers } from './api/order-handlers';
import { createProductHandlers } from './api/product-handlers';

/** Orders and products of every business. */
export const ordersService: Service<typeof orderRoutes> = {
  name: 'orders',
  routes: orderRoutes,
  build({ db, calls }) {
    const directory = createDirectory(calls);
    return {
      handlers: { ...createOrderHandlers(db, directory), ...createProductHandlers(db, directory) },
      internal: createInternalRoutes(db),
      events: createEventHandlers(db),
    };
  },
};
