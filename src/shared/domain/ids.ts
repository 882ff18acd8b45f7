import { z } from 'zod';

import { newUuid } from './uuid';

/** UUIDv7, made where the record is created (see docs/architecture.md, Identity). */
const uid = z.uuid({ version: 'v7' });

export const businessUid = uid.brand<'BusinessUid'>();
export const clientUid = uid.brand<'ClientUid'>();
export const productUid = uid.brand<'ProductUid'>();
export const orderUid = uid.brand<'OrderUid'>();
export const invoiceUid = uid.brand<'InvoiceUid'>();
export const lineUid = uid.brand<'LineUid'>();
export const paymentUid = uid.brand<'PaymentUid'>();
export const taxCodeUid = uid.brand<'TaxCodeUid'>();
export const bankAccountUid = uid.brand<'BankAccountUid'>();
export const seriesUid = uid.brand<'SeriesUid'>();
export const deviceUid = uid.brand<'DeviceUid'>();

export type BusinessUid = z.infer<typeof businessUid>;
export type ClientUid = z.infer<typeof clientUid>;
export type ProductUid = z.infer<typeof productUid>;
export type OrderUid = z.infer<typeof orderUid>;
export type InvoiceUid = z.infer<typeof invoiceUid>;
export type LineUid = z.infer<typeof lineUid>;
export type PaymentUid = z.infer<typeof paymentUid>;
export type TaxCodeUid = z.infer<typeof taxCodeUid>;
export type BankAccountUid = z.infer<typeof bankAccountUid>;
export type SeriesUid = z.infer<typeof seriesUid>;
export type DeviceUid = z.infer<typeof deviceUid>;

/**
 * A new uid of the wanted kind, increasing with time on one device.
 * The cast is the one place where a brand is given without a parser: it is valid by construction.
 */
export function newUid<U extends string>(): U {
  return newUuid() as U;
}
