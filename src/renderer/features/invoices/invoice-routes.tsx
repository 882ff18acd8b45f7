import type { RouteObject } from 'react-router';

export const invoiceRoutes: RouteObject[] = [];
