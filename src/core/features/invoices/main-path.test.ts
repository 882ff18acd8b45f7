import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { TestBusiness } from '../../testing/open-test-business';
import { openTestBusiness } from '../../testing/open-test-business';
import { aLine, createClient, value } from '../documents/testing/builders';
import { invoiceUseCases } from './invoice-use-cases';

describe('from a blank invoice to its PDF', () => {
  let business: TestBusiness;
  beforeEach(() => {
    business = openTestBusiness();
  });
  afterEach(() => {
    business.close();
  });

  it('drafts, finalises under the first number and keeps the bytes', async () => {
    const { context } = business;
    const clientUid = createClient(context, { name: 'Zażółć sp. z o.o.' });
    const blank = value(await invoiceUseCases['invoices.blank'](context, { clientUid }));
    const draft = value(
      await invoiceUseCases['invoices.createDraft'](context, {
        content: { ...blank, lines: [aLine({ quantity: 1_500, unitPrice: 1_000_000 })] },
      }),
    );
    expect(draft.totals.total).toBe(15_000);
    const issued = value(await invoiceUseCases['invoices.finalise'](context, { uid: draft.uid }));
    expect(issued.number).toBe('INV-2026-0001');
    const view = value(await invoiceUseCases['invoices.get'](context, { uid: draft.uid }));
    expect(view).toMatchObject({
      status: 'sent',
      balance: 15_000,
      clientName: 'Zażółć sp. z o.o.',
    });
    const pdf = value(await invoiceUseCases['invoices.pdf'](context, { uid: draft.uid }));
    expect(pdf.fileName).toBe('INV-2026-0001.pdf');
    expect(Buffer.from(pdf.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    const again = value(await invoiceUseCases['invoices.pdf'](context, { uid: draft.uid }));
    expect(again.pdf).toBe(pdf.pdf);
  });
});
