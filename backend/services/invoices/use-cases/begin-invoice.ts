import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { computeTotals } from '../../../../src/shared/domain/totals';
import type { IdempotencyClaim } from '../../../kit/http/handlers';
import { earlierOutcome, isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { recordWorkflowStart } from '../../../kit/messaging/outbox';
import type { InvoicesContext } from '../context';
import { changingOnce } from '../db/publishing';
import { insertInvoice, insertItems } from '../db/invoice-repository';
import type { InvoiceInput } from '../domain/content';
import { newContent } from '../domain/content';
import type { CreationRequest } from '../domain/creation';
import { matchOrderLines, withOrderLines } from '../domain/order-lines';
import { finaliseBlockers, freezeDocument, paperParts } from '../domain/paper';
import { unprintableTexts } from '../domain/printable';
import { insertCreation, invoiceStored } from './create-invoice';
import { draftRow } from './issue-document';
import { clientFor, orderFor } from './parties';
import { invalidFor, orRefuse } from './refusals';
import { tellInvoice } from './tell-invoice';

/** What a call that creates comes to; kept as its outcome for when it is repeated. */
interface Begun {
  readonly uid: InvoiceUid;
  /** Null for drafts, which nothing is sent of. */
  readonly sendUid: string | null;
}

/**
 * Begins an invoice that REST asks for. Everything is checked first, so that what is begun can be
 * finished; then the request and the start of its workflow are kept in one transaction, and the
 * workflow's first step makes the invoice. A draft is stored at once. Resolves when it is stored.
 */
export async function beginInvoice(
  context: InvoicesContext,
  tenant: BusinessUid,
  input: InvoiceInput,
  claim: IdempotencyClaim | null,
): Promise<InvoiceUid | Refusal> {
  const begun =
    (await earlierOutcome<Begun>(context.db, tenant, claim)) ??
    (await begin(context, tenant, input, claim));
  if (isRefusal(begun)) return begun;
  if (begun.sendUid !== null) {
    await invoiceStored(context, tenant, begun.sendUid);
  }
  return begun.uid;
}

async function begin(
  context: InvoicesContext,
  tenant: BusinessUid,
  input: InvoiceInput,
  claim: IdempotencyClaim | null,
): Promise<Begun | Refusal> {
  const request = await requestOf(context, tenant, input);
  if (isRefusal(request)) return request;
  const uid = newUid<InvoiceUid>();
  const isDraft = input.status === 'draft';
  if (!isDraft) {
    const refusal = await refusalToFinalise(context, tenant, uid, request);
    if (refusal !== null) return refusal;
  }
  const now = context.now();
  const today = await context.directory.today(tenant);
  return changingOnce<Begun>(context.db, tenant, claim, async (transaction) => {
    const { clientId, order, content, orderLines } = request;
    if (isDraft) {
      const kind = 'invoice';
      const invoice = await insertInvoice(
        transaction,
        draftRow({ tenant, uid, kind, clientId, order, corrects: null, content }, now),
      );
      const totals = computeTotals(content);
      await insertItems(transaction, tenant, invoice.id, {
        lines: content.lines,
        totals,
        orderLines,
      });
      await tellInvoice(transaction, 'InvoiceCreated', invoice, 'created', today);
      return { uid, sendUid: null };
    }
    const sendUid = newUid();
    await insertCreation(transaction, { tenant, sendUid, invoiceUid: uid, request }, now);
    const start = { tenant, send_uid: sendUid, invoice_uid: uid, attempt: 1 };
    await recordWorkflowStart(transaction, start);
    return { uid, sendUid };
  });
}

/** The request with all that it leaves to others, as they stand now. */
async function requestOf(
  context: InvoicesContext,
  tenant: BusinessUid,
  input: InvoiceInput,
): Promise<CreationRequest | Refusal> {
  const [business, client, order, today] = await Promise.all([
    context.directory.business(tenant),
    clientFor(context, tenant, input.client_id),
    orderFor(context, tenant, input.order_id, input.client_id),
    context.directory.today(tenant),
  ]);
  if (isRefusal(client)) return client;
  if (isRefusal(order)) return order;
  const { settings, logoSha256 } = business;
  const content = orRefuse(newContent(input, settings, client, order, today), invalidFor);
  if (isRefusal(content)) return content;
  const paper = orRefuse(paperParts(tenant, settings, logoSha256, client), invalidFor);
  if (isRefusal(paper)) return paper;
  const orderLines = order === null ? [] : matchOrderLines(order.lines, content.lines);
  return {
    clientId: client.id,
    content: withOrderLines(content, orderLines),
    order: order === null ? null : { id: order.id, uid: order.uid, number: order.number },
    orderLines,
    paper,
  };
}

async function refusalToFinalise(
  context: InvoicesContext,
  tenant: BusinessUid,
  uid: InvoiceUid,
  { content, order, paper }: CreationRequest,
): Promise<Refusal | null> {
  const subject = { uid, kind: 'invoice' as const, content, order, corrects: null, paper };
  const today = await context.directory.today(tenant);
  const blockers = finaliseBlockers(subject, today);
  if (blockers.length > 0) return invalidFor(blockers);
  const missing = unprintableTexts(freezeDocument(subject, null, null), context.fonts);
  return missing.length > 0 ? invalidFor(missing) : null;
}
