import { expect, it } from 'vitest';
import { z } from 'zod';

import { businessUid, invoiceUid } from '../../../../src/shared/domain/ids';
import { deliveryOf, orderOfReceipt, orderOfSend } from './delivery';

const tenant = businessUid.parse('01890000-0000-7000-8000-000000000010');
const invoice = invoiceUid.parse('01890000-0000-7000-8000-000000000011');
const sendUid = '01890000-0000-7000-8000-000000000012';

it('gives a mail the same uid whoever asks, and every other mail another one', () => {
  const order = { tenant, sendUid, invoiceUid: invoice, execution: null } as const;
  const first = orderOfSend({ ...order, kind: 'invoice' }).messageUid;
  expect(z.uuid().safeParse(first).success).toBe(true);
  expect(orderOfSend({ ...order, kind: 'invoice', execution: 'other' }).messageUid).toBe(first);
  const others = [
    orderOfSend({ ...order, kind: 'reminder' }),
    orderOfReceipt(tenant, invoice, 3),
    orderOfReceipt(tenant, invoice, 4),
  ].map(({ messageUid }) => messageUid);
  expect(new Set([first, ...others]).size).toBe(4);
});

it('never claims again what may have gone out', () => {
  expect(deliveryOf({ state: 'unknown', sesId: null })).toMatchObject({ error: 'DeliveryUnknown' });
  expect(deliveryOf({ state: 'bounced', sesId: 'a' })).toMatchObject({ error: 'Permanent' });
  expect(deliveryOf({ state: 'delivered', sesId: 'a' })).toEqual({ kind: 'sent', sesId: 'a' });
  expect(deliveryOf({ state: 'claimed', sesId: null })).toBe('wait');
  expect(deliveryOf({ state: 'failed', sesId: null })).toBe('claim');
});
