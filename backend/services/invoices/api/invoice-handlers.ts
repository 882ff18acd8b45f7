import type { invoiceRoutes } from '../../../../src/shared/contracts/rest-v1/invoices';
import type { Handlers } from '../../../kit/http/handlers';
import { isRefusal } from '../../../kit/http/idempotency';
import { DEFAULT_LIMIT, pageBefore, pageOf } from '../../../kit/http/paging';
import { notFound } from '../../../kit/http/refusal';
import type { InvoicesContext } from '../context';
import { listInvoices, listInvoicesAgain, listItems } from '../db/invoice-list';
import { findInvoice, findInvoiceByUid, isShown } from '../db/invoice-repository';
import { findPayments } from '../db/payment-repository';
import { readEntries } from '../db/timeline-repository';
import { withItems } from '../db/whole-invoices';
import { orderTimeline } from '../domain/timeline';
import { beginInvoice } from '../use-cases/begin-invoice';
import { changeInvoice, deleteInvoice } from '../use-cases/change-invoice';
import { creditInvoice } from '../use-cases/credit-invoice';
import { recordPayment, reversePayment } from '../use-cases/payments';
import { remindClient } from '../use-cases/remind-client';
import { sendInvoice } from '../use-cases/send-invoice';
import { paymentView, viewOf } from './invoice-view';
import { answerOf } from './read-invoice';

export function createInvoiceHandlers(context: InvoicesContext): Handlers<typeof invoiceRoutes> {
  const { db, directory } = context;
  return {
    async listInvoices({ member, query }) {
      const limit = query.limit ?? DEFAULT_LIMIT;
      const today = await directory.today(member.tenant);
      const found = await listInvoices(
        db,
        member.tenant,
        {
          after: query.cursor ?? 0,
          limit: limit + 1,
          status: query.status,
          clientId: query.client_id,
        },
        today,
      );
      const { rows, nextCursor } = pageOf(found, limit);
      const { whole, end } = await withItems(db, member.tenant, rows, {
        heads: (ids) => listInvoicesAgain(db, member.tenant, ids),
        items: (ids) => listItems(db, member.tenant, ids),
      });
      const body = whole.map((one) => viewOf(one.invoice, one.items, today));
      const cut = end === null ? nextCursor : pageBefore(end, rows).nextCursor;
      return { status: 200, body, nextCursor: cut };
    },

    async createInvoice({ member, body, idempotency }) {
      const uid = await beginInvoice(context, member.tenant, body, idempotency);
      if (isRefusal(uid)) return uid;
      const invoice = await findInvoiceByUid(db, member.tenant, uid);
      if (invoice === null) throw new Error(`invoice ${uid} was stored and is gone`);
      return { status: 201, ...(await answerOf(context, invoice)) };
    },

    async getInvoice({ member, params }) {
      const invoice = await findInvoice(db, member.tenant, params.invoiceId);
      if (!isShown(invoice)) return notFound('invoice');
      return { status: 200, ...(await answerOf(context, invoice)) };
    },

    async updateInvoice({ member, params, body, ifMatch }) {
      const changed = await changeInvoice(context, member.tenant, params.invoiceId, body, ifMatch);
      if (isRefusal(changed)) return changed;
      return { status: 200, ...(await answerOf(context, changed)) };
    },

    async deleteInvoice({ member, params, ifMatch }) {
      const deleted = await deleteInvoice(context, member.tenant, params.invoiceId, ifMatch);
      return isRefusal(deleted) ? deleted : { status: 204, body: undefined };
    },

    async sendInvoice({ member, params, body, idempotency }) {
      const isAnyway = body?.send_anyway ?? false;
      const { invoiceId } = params;
      const sent = await sendInvoice(context, member.tenant, invoiceId, isAnyway, idempotency);
      if (isRefusal(sent)) return sent;
      const invoice = await findInvoice(db, member.tenant, sent.id);
      if (invoice === null) throw new Error(`invoice ${sent.id} was sent and is gone`);
      return { status: 200, ...(await answerOf(context, invoice)) };
    },

    async getTimeline({ member, params }) {
      const invoice = await findInvoice(db, member.tenant, params.invoiceId);
      if (!isShown(invoice)) return notFound('invoice');
      const entries = await readEntries(db, member.tenant, invoice.id);
      return { status: 200, body: [...orderTimeline(entries)] };
    },

    async remindClient({ member, params, idempotency }) {
      const made = await remindClient(context, member.tenant, params.invoiceId, idempotency);
      return isRefusal(made) ? made : { status: 200, body: made };
    },

    async creditInvoice({ member, params, body, idempotency }) {
      const { invoiceId } = params;
      const made = await creditInvoice(context, member.tenant, invoiceId, body, idempotency);
      if (isRefusal(made)) return made;
      const note = await findInvoice(db, member.tenant, made.id);
      if (note === null) throw new Error(`credit note ${made.id} was issued and is gone`);
      return { status: 201, ...(await answerOf(context, note)) };
    },

    async listPayments({ member, params }) {
      const invoice = await findInvoice(db, member.tenant, params.invoiceId);
      if (!isShown(invoice)) return notFound('invoice');
      const payments = await findPayments(db, member.tenant, invoice.uid);
      return { status: 200, body: payments.map((one) => paymentView(one, invoice, payments)) };
    },

    async createPayment({ member, params, body, idempotency }) {
      const { invoiceId } = params;
      const made = await recordPayment(context, member.tenant, invoiceId, body, idempotency);
      return isRefusal(made) ? made : { status: 201, body: made };
    },

    async reversePayment({ member, params, idempotency }) {
      const { invoiceId, paymentId } = params;
      const made = await reversePayment(context, member.tenant, invoiceId, paymentId, idempotency);
      return isRefusal(made) ? made : { status: 201, body: made };
    },
  };
}
