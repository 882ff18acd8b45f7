import { z } from 'zod';

import { orderUid, productUid } from '../../domain/ids';
import { orderStatus } from '../../domain/order';
import { date, id, idInPath, line, moment, paging, text } from './fields';
import { quantityNumber, taxInput, taxView, unitPriceNumber } from './money-fields';
import { route } from './route';

const orderItem = z
  .object({
    id,
    product_name: z.string(),
    quantity: quantityNumber,
    unit_price: unitPriceNumber,
    total_price: z.number(),
    unit: z.string(),
    tax: taxView,
    product_id: id.nullable(),
    /** How much of `quantity` finalised invoices cover. */
    invoiced_quantity: z.number(),
  })
  .meta({ id: 'OrderItem' });

export const orderView = z
  .object({
    id,
    order_number: z.string(),
    client_id: id,
    total_amount: z.number(),
    status: orderStatus,
    order_date: date,
    items: z.array(orderItem),
    uid: orderUid,
    currency: z.string(),
    buyer_reference: z.string(),
    notes: z.string(),
    revision: z.int(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: 'Order' });
export type OrderView = z.infer<typeof orderView>;

const orderItemInput = z
  .object({
    product_name: text(255, 1),
    quantity: quantityNumber,
    unit_price: unitPriceNumber,
    unit: line(20).optional(),
    tax: taxInput.optional(),
    product_id: id.nullable().optional(),
  })
  .meta({ id: 'OrderItemInput' });

const orderItemChange = orderItemInput
  .extend({
    /** The line that this one takes the place of; what was invoiced of it stays. */
    id: id.optional(),
  })
  .meta({ id: 'OrderItemUpdate' });

const orderInput = z
  .object({
    client_id: id,
    items: z.array(orderItemInput).min(1).max(1_000),
    order_date: date.optional(),
    currency: z.string().length(3).optional(),
    buyer_reference: line(100).optional(),
    notes: text(2_000).optional(),
  })
  .meta({ id: 'OrderInput' });

const orderChange = z
  .object({
    status: orderStatus.optional(),
    client_id: id.optional(),
    items: z.array(orderItemChange).min(1).max(1_000).optional(),
    order_date: date.optional(),
    buyer_reference: line(100).optional(),
    notes: text(2_000).optional(),
  })
  .meta({ id: 'OrderUpdate' });

export const productView = z
  .object({
    id,
    code: z.string(),
    name: z.string(),
    unit: z.string(),
    unit_price: unitPriceNumber,
    currency: z.string(),
    tax: taxView,
    archived: z.boolean(),
    uid: productUid,
    revision: z.int(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: 'Product' });

const productFields = {
  code: line(40).optional(),
  unit: line(20).optional(),
  currency: z.string().length(3).optional(),
  tax: taxInput.optional(),
};

const orderParams = z.object({ orderId: idInPath });
const productParams = z.object({ productId: idInPath });
const ORDERS = { service: 'orders', tag: 'Orders' } as const;
const PRODUCTS = { service: 'orders', tag: 'Products' } as const;

export const orderRoutes = {
  listOrders: route({
    ...ORDERS,
    operationId: 'listOrders',
    summary: 'List all orders',
    method: 'GET',
    path: '/orders',
    access: { member: 'viewer' },
    isPaged: true,
    query: z.object({
      ...paging,
      status: orderStatus.optional(),
      client_id: idInPath.optional(),
    }),
    success: { 200: { description: 'Successful response', body: z.array(orderView) } },
  }),
  createOrder: route({
    ...ORDERS,
    operationId: 'createOrder',
    summary: 'Create a new order',
    method: 'POST',
    path: '/orders',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    hasETag: true,
    body: orderInput,
    success: { 201: { description: 'Order created', body: orderView } },
  }),
  getOrder: route({
    ...ORDERS,
    operationId: 'getOrder',
    summary: 'Get a specific order',
    method: 'GET',
    path: '/orders/{orderId}',
    access: { member: 'viewer' },
    hasETag: true,
    params: orderParams,
    success: { 200: { description: 'Successful response', body: orderView } },
  }),
  updateOrder: route({
    ...ORDERS,
    operationId: 'updateOrder',
    summary: 'Update an order or its status; what is left out stays',
    method: 'PUT',
    path: '/orders/{orderId}',
    access: { member: 'bookkeeper' },
    hasETag: true,
    params: orderParams,
    body: orderChange,
    success: { 200: { description: 'Order updated', body: orderView } },
  }),
  deleteOrder: route({
    ...ORDERS,
    operationId: 'deleteOrder',
    summary: 'Delete an order (soft delete)',
    method: 'DELETE',
    path: '/orders/{orderId}',
    access: { member: 'bookkeeper' },
    hasETag: true,
    params: orderParams,
    success: { 204: { description: 'Order deleted' } },
  }),
  listProducts: route({
    ...PRODUCTS,
    operationId: 'listProducts',
    summary: 'List all products',
    method: 'GET',
    path: '/products',
    access: { member: 'viewer' },
    isPaged: true,
    query: z.object({
      ...paging,
      search: text(200).optional(),
      archived: z.enum(['true', 'false']).optional(),
    }),
    success: { 200: { description: 'Successful response', body: z.array(productView) } },
  }),
  createProduct: route({
    ...PRODUCTS,
    operationId: 'createProduct',
    summary: 'Create a new product',
    method: 'POST',
    path: '/products',
    access: { member: 'bookkeeper' },
    isIdempotent: true,
    hasETag: true,
    body: z
      .object({ name: line(255, 1), unit_price: unitPriceNumber, ...productFields })
      .meta({ id: 'ProductInput' }),
    success: { 201: { description: 'Product created', body: productView } },
  }),
  getProduct: route({
    ...PRODUCTS,
    operationId: 'getProduct',
    summary: 'Get a specific product',
    method: 'GET',
    path: '/products/{productId}',
    access: { member: 'viewer' },
    hasETag: true,
    params: productParams,
    success: { 200: { description: 'Successful response', body: productView } },
  }),
  updateProduct: route({
    ...PRODUCTS,
    operationId: 'updateProduct',
    summary: 'Update a product; what is left out stays',
    method: 'PUT',
    path: '/products/{productId}',
    access: { member: 'bookkeeper' },
    hasETag: true,
    params: productParams,
    body: z
      .object({
        name: line(255, 1).optional(),
        unit_price: unitPriceNumber.optional(),
        ...productFields,
        archived: z.boolean().optional(),
      })
      .meta({ id: 'ProductUpdate' }),
    success: { 200: { description: 'Product updated', body: productView } },
  }),
  deleteProduct: route({
    ...PRODUCTS,
    operationId: 'deleteProduct',
    summary: 'Delete a product (soft delete)',
    method: 'DELETE',
    path: '/products/{productId}',
    access: { member: 'bookkeeper' },
    hasETag: true,
    params: productParams,
    success: { 204: { description: 'Product deleted' } },
  }),
};
