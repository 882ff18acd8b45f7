import type { RouteObject } from 'react-router';

import { OrderPage } from './order-page';
import { OrdersPage } from './orders-page';

export const orderRoutes: RouteObject[] = [
  { path: '/orders', element: <OrdersPage /> },
  { path: '/orders/:uid', element: <OrderPage /> },
];
