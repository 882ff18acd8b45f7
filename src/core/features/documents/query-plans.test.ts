import { describe, expect, it } from 'vitest';

import { openTestBusiness } from '../../testing/open-test-business';
import { clientUseCases } from '../clients/client-use-cases';
import { invoiceUseCases } from '../invoices/invoice-use-cases';
import { orderUseCases } from '../orders/order-use-cases';
import { paymentUseCases } from '../payments/payment-use-cases';
import { aLine, createClient, value } from './testing/builders';
import { planOf, spyOnQueries } from './testing/query-plans';

const call = { ...clientUseCases, ...invoiceUseCases, ...orderUseCases, ...paymentUseCases };

/** Tables that grow with the years; the others hold a handful of rows. */
const LARGE =
  /SCAN (invoices|invoice_lines|orders|order_lines|payments|clients|documents|outbox)(?!\w)/;

describe('what is done to a single document', () => {
  it('reads no large table from end to end', async () => {
    const business = openTestBusiness();
    const { context } = business;
    const seen = spyOnQueries(context);
    const clientUid = createClient(context);
    const blank = value(await call['invoices.blank'](context, { clientUid }));
    const { currency, issueDate: orderDate, notes, pricesIncludeTax, discount } = blank;
    const lines = [aLine()];
    const head = { clientUid, currency, orderDate, buyerReference: 'PO', notes, discount };
    const order = value(
      await call['orders.create'](context, { content: { ...head, pricesIncludeTax, lines } }),
    );
    const { uid } = value(await call['orders.createInvoice'](context, { uid: order.uid }));
    value(await call['invoices.checkFinalise'](context, { uid }));
    value(await call['invoices.finalise'](context, { uid }));
    const input = { invoiceUid: uid, method: 'cash' } as const;
    const payment = value(await call['payments.markAsPaid'](context, input));
    value(await call['payments.reverse'](context, { uid: payment.uid }));
    value(await call['invoices.credit'](context, { uid, alsoCopy: true }));
    value(await call['invoices.get'](context, { uid }));
    value(await call['invoices.pdf'](context, { uid }));
    value(await call['orders.get'](context, { uid: order.uid }));
    const client = value(await call['clients.get'](context, { uid: clientUid }));
    const renamed = { uid: clientUid, client: { ...client, name: 'Renamed' } };
    value(await call['clients.update'](context, renamed));
    const queries = seen().filter((query) => /^\s*(select|update|delete)/i.test(query));
    expect(queries.length).toBeGreaterThan(20);
    for (const query of queries) expect(planOf(context, query), query).not.toMatch(LARGE);
    business.close();
  });
});
