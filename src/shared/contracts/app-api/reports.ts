import { z } from 'zod';

import { instant } from '../../domain/calendar-date';
import { currencyCode } from '../../domain/currency';
import { clientUid, invoiceUid, orderUid, productUid } from '../../domain/ids';
import { minorUnits } from '../../domain/money';
import { method, nothing } from './method';

export const collection = z.enum([
  'clients',
  'products',
  'orders',
  'invoices',
  'payments',
  'settings',
]);
export type Collection = z.infer<typeof collection>;

const currencyFigures = z.object({
  currency: currencyCode,
  /** Open balances: all, and by days past due. */
  outstanding: minorUnits,
  overdue: minorUnits,
  ageing: z.object({
    notDue: minorUnits,
    days1To30: minorUnits,
    days31To60: minorUnits,
    days61To90: minorUnits,
    over90: minorUnits,
  }),
  /** Net by issue date, less credits: this month and this year. */
  revenueThisMonth: minorUnits,
  revenueThisYear: minorUnits,
  /** By payment date. */
  paidThisMonth: minorUnits,
});

/** The dashboard: every figure keyed by currency. */
const dashboard = z.object({
  currencies: z.array(currencyFigures),
  draftCount: z.int(),
  overdueCount: z.int(),
  openOrderCount: z.int(),
});
export type Dashboard = z.infer<typeof dashboard>;

/** One change as people read it. Values are the stored ones; the screens format them. */
export const activityEntry = z.object({
  id: z.int(),
  at: instant,
  collection,
  uid: z.string(),
  action: z.enum([
    'created',
    'edited',
    'archived',
    'unarchived',
    'deleted',
    'restored',
    'finalised',
    'imported',
    'status_changed',
    'paid',
    'reversed',
    'credited',
  ]),
  /** Names of the fields that changed. */
  fields: z.array(z.string()),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

export const reportMethods = {
  'reports.dashboard': method(nothing, dashboard),
  'activity.ofRecord': method(
    z.object({ collection, uid: z.string(), limit: z.int().min(1).max(200).default(50) }),
    z.array(activityEntry),
  ),
  /** Those of some records that are not deleted: what was selected in a list may be by now. */
  'records.standing': method(
    z.object({
      collection: z.enum(['clients', 'products', 'orders', 'invoices']),
      uids: z.array(z.uuid()),
    }),
    z.object({ uids: z.array(z.uuid()) }),
  ),
  /** Looks through everything at once, for the command palette. */
  'search.everything': method(
    z.object({ text: z.string().min(1).max(200) }),
    z.object({
      clients: z.array(z.object({ uid: clientUid, title: z.string(), detail: z.string() })),
      products: z.array(z.object({ uid: productUid, title: z.string(), detail: z.string() })),
      orders: z.array(z.object({ uid: orderUid, title: z.string(), detail: z.string() })),
      invoices: z.array(z.object({ uid: invoiceUid, title: z.string(), detail: z.string() })),
    }),
  ),
};
