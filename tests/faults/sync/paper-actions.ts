import { paymentUseCases } from '../../../src/core/features/payments/payment-use-cases';
import { sendUseCases } from '../../../src/core/features/sends/send-use-cases';
import { minor } from '../../../src/shared/domain/money';
import { type Actors, pickFrom, someIssued, uidsOf, value } from './acting';

/** What is done with documents that were issued. */
export const PAPER_ACTORS = {
  async pay(acting) {
    const { context, did, device } = acting;
    const invoice = await someIssued(acting);
    if (invoice === null) return;
    const paid = await value(
      paymentUseCases['payments.record'](context, {
        payment: {
          invoiceUid: invoice.uid,
          date: invoice.content.issueDate,
          amount: minor(1_00),
          method: 'bank_transfer',
          reference: '',
        },
      }),
    );
    if (paid !== null) did({ collection: 'payments', uid: paid.uid, device, amount: 1_00 });
  },

  async send(acting) {
    const { context, did, device } = acting;
    const invoice = await someIssued(acting);
    if (invoice === null) return;
    const sent = await value(
      sendUseCases['sends.request'](context, {
        invoiceUid: invoice.uid,
        mail: {
          to: ['client@example.com'],
          cc: [],
          bcc: [],
          replyTo: '',
          subject: 'Your invoice',
          body: 'Here it is.',
        },
      }),
    );
    if (sent !== null) did({ collection: 'sends', uid: sent.uid, device });
  },

  async cancel_send({ context, pick, deleted }) {
    const uid = pickFrom(uidsOf(context, 'sends'), pick);
    if (uid === null) return;
    await value(sendUseCases['sends.cancel'](context, { uid }));
    // A wish that nobody had heard of is gone without a trace.
    if (!uidsOf(context, 'sends').includes(uid)) deleted({ uid });
  },
} satisfies Actors;
