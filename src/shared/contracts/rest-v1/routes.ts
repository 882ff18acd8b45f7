import { deviceRoutes, syncRoutesOf } from '../sync/routes';
import { authRoutes } from './auth';
import { clientRoutes } from './clients';
import { invoiceRoutes } from './invoices';
import { notificationRoutes } from './notifications';
import { orderRoutes } from './orders';
import { documentPdfRoutes, pdfRoutes } from './pdf';
import type { Route } from './route';

/** Every operation of the API: what is not in this table does not exist. */
export const ALL_ROUTES: readonly Route[] = [
  ...Object.values(authRoutes),
  ...Object.values(clientRoutes),
  ...Object.values(orderRoutes),
  ...Object.values(invoiceRoutes),
  ...Object.values(pdfRoutes),
  ...Object.values(documentPdfRoutes),
  ...Object.values(notificationRoutes),
  ...Object.values(deviceRoutes),
  ...Object.values(syncRoutesOf('auth')),
  ...Object.values(syncRoutesOf('clients')),
  ...Object.values(syncRoutesOf('orders')),
  ...Object.values(syncRoutesOf('invoices')),
];
