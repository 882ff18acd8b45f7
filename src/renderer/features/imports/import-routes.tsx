import type { RouteObject } from 'react-router';
import { Navigate } from 'react-router';

import { ImportPage } from './import-page';

export const importRoutes: RouteObject[] = [
  { path: 'import', element: <Navigate to="/settings/import" replace /> },
  { path: 'import/:kind', element: <ImportPage /> },
];
