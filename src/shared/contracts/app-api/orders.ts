import { z } from 'zod';

import { calendarDate } from '../../domain/calendar-date';
import { currencyCode } from '../../domain/currency';
import { clientUid, invoiceUid, lineUid, orderUid } from '../../domain/ids';
import { invoice } from '../../domain/invoice';
import { minorUnits } from '../../domain/money';
import { order, orderContent, orderStatus } from '../../domain/order';
import { method, nothing, pageOf, pageRequest, sortBy } from './method';

/** What a list shows of an order. */
export const orderRow = z.object({
  uid: orderUid,
  number: z.string(),
  clientUid: clientUid.nullable(),
  clientName: z.string(),
  orderDate: calendarDate,
  status: orderStatus,
  currency: currencyCode,
  total: minorUnits,
});
export type OrderRow = z.infer<typeof orderRow>;

const orderFilter = {
  statuses: z.array(orderStatus).optional(),
  clientUid: clientUid.optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
};

/** How much of an order line became invoices; quantities in thousandths. */
const orderProgress = z.object({
  lineUid,
  ordered: z.int(),
  invoiced: z.int(),
  reserved: z.int(),
  open: z.int(),
  overInvoiced: z.int(),
});

const orderView = z.object({
  order,
  /** Null when the client is not (yet) on this machine. */
  clientName: z.string().nullable(),
  progress: z.array(orderProgress),
  documents: z.array(
    z.object({
      uid: invoiceUid,
      kind: invoice.shape.kind,
      number: z.string().nullable(),
      issueDate: calendarDate,
      total: minorUnits,
    }),
  ),
});

export const orderMethods = {
  'orders.list': method(
    z.object({
      ...pageRequest,
      ...orderFilter,
      sort: sortBy(['orderDate', 'number', 'clientName', 'total']).default({
        by: 'orderDate',
        direction: 'desc',
      }),
    }),
    pageOf(orderRow),
  ),
  'orders.count': method(
    z.object({ search: pageRequest.search, ...orderFilter }),
    z.object({
      count: z.int(),
      totals: z.array(z.object({ currency: currencyCode, total: minorUnits })),
    }),
  ),
  'orders.get': method(z.object({ uid: orderUid }), orderView),
  'orders.create': method(z.object({ content: orderContent }), order),
  /** `base`: what the editor began with; what others changed meanwhile is merged with that. */
  'orders.update': method(
    z.object({ uid: orderUid, content: orderContent, base: orderContent.optional() }),
    order,
  ),
  'orders.setStatus': method(z.object({ uid: orderUid, status: orderStatus }), order),
  'orders.delete': method(z.object({ uid: orderUid }), nothing),
  'orders.restore': method(z.object({ uid: orderUid }), order),
  /** Drafts an invoice of what is open, or of the named quantities (thousandths). */
  'orders.createInvoice': method(
    z.object({
      uid: orderUid,
      lines: z.array(z.object({ lineUid, quantity: z.int().min(1) })).optional(),
    }),
    invoice,
  ),
};
