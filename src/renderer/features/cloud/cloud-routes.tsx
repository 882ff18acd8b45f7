import type { RouteObject } from 'react-router';

import { CloudPage } from './cloud-page';
import { DiagnosticsPage } from './diagnostics-page';

export const cloudRoutes: RouteObject[] = [
  { path: 'cloud', element: <CloudPage /> },
  { path: 'cloud/diagnostics', element: <DiagnosticsPage /> },
];
