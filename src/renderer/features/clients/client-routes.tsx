import type { RouteObject } from 'react-router';

import { EditClientPage, NewClientPage } from './client-edit-page';
import { ClientPage } from './client-page';
import { ClientsPage } from './clients-page';

export const clientRoutes: RouteObject[] = [
  { path: 'clients', element: <ClientsPage /> },
  { path: 'clients/new', element: <NewClientPage /> },
  { path: 'clients/:uid', element: <ClientPage /> },
  { path: 'clients/:uid/edit', element: <EditClientPage /> },
];
