import type { RouteObject } from 'react-router';

import { EditProductPage, NewProductPage } from './product-edit-page';
import { ProductsPage } from './products-page';

export const productRoutes: RouteObject[] = [
  { path: 'products', element: <ProductsPage /> },
  { path: 'products/new', element: <NewProductPage /> },
  { path: 'products/:uid', element: <EditProductPage /> },
];
