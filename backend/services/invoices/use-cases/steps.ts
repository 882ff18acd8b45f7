import type { StepRequest } from '../../../../src/shared/contracts/events/workflow';
import { checkpoint } from '../../../kit/checkpoint';
import type { Transaction } from '../../../kit/database/database';
import { StepFailure } from '../../../kit/messaging/message-errors';
import type { StepHandlers, StepOutcome } from '../../../kit/messaging/workflow-steps';
import { rememberOutcome } from '../../../kit/messaging/workflow-steps';
import type { InvoicesContext } from '../context';
import { changing } from '../db/publishing';
import type { InvoiceRow, SendRow } from '../db/rows';
import { addEntry } from '../db/timeline-repository';
import type { DeliveryFact } from '../domain/delivery';
import { failureReason, PDF_DIFFERS } from '../domain/delivery';
import type { TimelineStep } from '../domain/timeline';
import { createInvoice } from './create-invoice';
import { lockDelivery, settle } from './deliveries';

/** The steps of "send this invoice" that are this service's. */
export function createSteps(context: InvoicesContext): StepHandlers {
  return {
    async create_invoice(request) {
      const outcome = await createInvoice(context, request.tenant, request.send_uid);
      if (outcome === null) throw new StepFailure('Permanent', 'invoice_unknown');
      return outcome;
    },
    mark_sent: (request) => step(context, request, markSent),
    record_failure: (request) => step(context, request, recordFailure),
  };
}

interface StepScope {
  readonly context: InvoicesContext;
  readonly transaction: Transaction;
  readonly request: StepRequest;
  readonly today: Awaited<ReturnType<InvoicesContext['directory']['today']>>;
  readonly now: Date;
}

/** Does a step under the locks of its invoice and its send, and keeps its outcome with it. */
async function step(
  context: InvoicesContext,
  request: StepRequest,
  work: (scope: StepScope, invoice: InvoiceRow, send: SendRow) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  const today = await context.directory.today(request.tenant);
  return changing(context.db, async (transaction) => {
    const { tenant, invoice_uid: invoiceUid, send_uid: sendUid } = request;
    const found = await lockDelivery(transaction, tenant, invoiceUid, sendUid);
    if (found === null) {
      // A failure before there was an invoice leaves nothing behind that had to be put right.
      if (request.step === 'record_failure') return {};
      throw new StepFailure('Permanent', 'invoice_unknown');
    }
    const scope = { context, transaction, request, today, now: context.now() };
    const outcome = await work(scope, found.invoice, found.send);
    await rememberOutcome(transaction, request, outcome);
    checkpoint(request.step, 'before-commit');
    return outcome;
  });
}

async function markSent(
  { transaction, request, today, now }: StepScope,
  invoice: InvoiceRow,
  send: SendRow,
): Promise<StepOutcome> {
  const { send_uid: sendUid, attempt, retry } = request;
  await settle(transaction, invoice, send, { kind: 'delivered' }, today, now);
  await addEntry(transaction, invoice, {
    key: `mark_sent:done:${sendUid}`,
    step: 'mark_sent',
    state: 'done',
    at: now,
    attempt,
    stepAttempt: retry + 1,
    sendUid,
  });
  return { invoice_uid: invoice.uid };
}

/** The cloud cannot make the bytes that the document's author has: they have to come from there. */
const PDF_REFUSALS: ReadonlySet<string> = new Set(['pdf_hash_differs', 'renderer_unavailable']);

const FAILING_STEPS: readonly TimelineStep[] = [
  'create_invoice',
  'generate_pdf',
  'notify_client',
  'mark_sent',
];

async function recordFailure(
  { transaction, request, today, now }: StepScope,
  invoice: InvoiceRow,
  send: SendRow,
): Promise<StepOutcome> {
  const { execution, send_uid: sendUid, attempt, error, cause } = request;
  const reason = failureReason(error, cause);
  const kind = error === 'DeliveryUnknown' ? 'unknown' : 'failed';
  const isHeld = request.failed_step === 'generate_pdf' && PDF_REFUSALS.has(reason);
  const fact: DeliveryFact = isHeld
    ? { kind: 'held', attempt, reason: PDF_DIFFERS }
    : { kind, attempt, reason };
  await settle(transaction, invoice, send, fact, today, now);
  const failed = FAILING_STEPS.find((name) => name === request.failed_step);
  const common = { at: now, attempt, sendUid, reason };
  if (failed !== undefined) {
    await addEntry(transaction, invoice, {
      ...common,
      key: `${failed}:failed:${execution}`,
      step: failed,
      state: kind,
      stepAttempt: null,
    });
  }
  await addEntry(transaction, invoice, {
    ...common,
    key: `record_failure:done:${execution}`,
    step: 'record_failure',
    state: 'done',
    stepAttempt: request.retry + 1,
  });
  return { invoice_uid: invoice.uid };
}
