import type { RouteObject } from 'react-router';
import { createHashRouter, Navigate } from 'react-router';

import { cloudRoutes } from '../features/cloud/cloud-routes';
import { clientRoutes } from '../features/clients/client-routes';
import { DashboardPage } from '../features/dashboard/dashboard-page';
import { importRoutes } from '../features/imports/import-routes';
import { invoiceRoutes } from '../features/invoices/invoice-routes';
import { orderRoutes } from '../features/orders/order-routes';
import { productRoutes } from '../features/products/product-routes';
import { settingsRoutes } from '../features/settings/settings-routes';
import { Frame } from './frame';
import { PageCrash } from './page-crash';

const pages: RouteObject[] = [
  { index: true, element: <DashboardPage /> },
  ...invoiceRoutes,
  ...orderRoutes,
  ...clientRoutes,
  ...productRoutes,
  ...settingsRoutes,
  ...importRoutes,
  ...cloudRoutes,
  { path: '*', element: <Navigate to="/" replace /> },
];

/**
 * Pages stand in the hash, which both shells serve alike, and back and forward work. Made after the
 * bridge took its token out of the hash.
 */
export function createRouter() {
  return createHashRouter([
    {
      element: <Frame />,
      errorElement: <PageCrash />,
      // A page that fails leaves the navigation standing.
      children: [{ errorElement: <PageCrash />, children: pages }],
    },
  ]);
}
