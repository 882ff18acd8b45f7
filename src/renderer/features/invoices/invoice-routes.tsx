import type { RouteObject } from 'react-router';

import { InvoicePage } from './invoice-page';
import { InvoicesPage } from './invoices-page';

export const invoiceRoutes: RouteObject[] = [
  { path: '/invoices', element: <InvoicesPage /> },
  { path: '/invoices/:uid', element: <InvoicePage /> },
];
