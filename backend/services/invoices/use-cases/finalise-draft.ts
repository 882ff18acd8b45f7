import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import type { Transaction } from '../../../kit/database/database';
import { isRefusal } from '../../../kit/http/idempotency';
import type { Refusal } from '../../../kit/http/refusal';
import { conflict } from '../../../kit/http/refusal';
import type { InvoicesContext } from '../context';
import { insertFrozen } from '../db/frozen-repository';
import { contentOf, findItems, saveInvoice } from '../db/invoice-repository';
import type { BusinessRow } from '../db/projections';
import type { InvoiceRow } from '../db/rows';
import { addEntry } from '../db/timeline-repository';
import type { PaperParts } from '../domain/creation';
import { finaliseBlockers, freezeDocument, paperParts } from '../domain/paper';
import { unprintableTexts } from '../domain/printable';
import { beginSend } from './deliveries';
import { issueDocument, orderOf } from './issue-document';
import { clientFor } from './parties';
import { conflictFor, orRefuse } from './refusals';
import { tellInvoice } from './tell-invoice';

/** What the paper of a draft would show of others, as they stand now. */
export async function paperFor(
  context: InvoicesContext,
  tenant: BusinessUid,
  clientId: number,
  business: BusinessRow,
): Promise<PaperParts | Refusal> {
  const client = await clientFor(context, tenant, clientId);
  if (isRefusal(client)) return client;
  const { settings, logoSha256 } = business;
  return orRefuse(paperParts(tenant, settings, logoSha256, client), conflictFor);
}

/**
 * Finalises a draft and begins to send it, in the transaction of a call that holds the invoice:
 * the workflow that is started with it finds its first step done.
 */
export async function finaliseDraft(
  context: InvoicesContext,
  transaction: Transaction,
  draft: InvoiceRow,
  paper: PaperParts,
  today: CalendarDate,
): Promise<InvoiceRow | Refusal> {
  const { tenant, id, uid, kind } = draft;
  // Its paper names what it corrects, and what is left to be credited: its author's to finalise.
  if (kind === 'credit_note') return conflict('transition_forbidden');
  const now = context.now();
  const content = contentOf(draft, await findItems(transaction, tenant, [id]));
  const subject = { uid, kind, content, order: orderOf(draft), corrects: null, paper };
  const blockers = finaliseBlockers(subject, today);
  if (blockers.length > 0) return conflictFor(blockers);
  const missing = unprintableTexts(freezeDocument(subject, null, null), context.fonts);
  if (missing.length > 0) return conflictFor(missing);
  const sendUid = newUid();
  const delivery = await beginSend(transaction, draft, sendUid, now);
  const { columns, frozen } = await issueDocument(transaction, tenant, subject, now);
  const invoice = await saveInvoice(transaction, draft, { ...columns, ...delivery }, now);
  await insertFrozen(transaction, tenant, uid, frozen, paper.logoSha256);
  await addEntry(transaction, invoice, {
    key: `create_invoice:done:${sendUid}`,
    step: 'create_invoice',
    state: 'done',
    at: now,
    sendUid,
  });
  await tellInvoice(transaction, 'InvoiceUpdated', invoice, 'finalised', today);
  return invoice;
}
