import type { EventData } from '../../../../src/shared/contracts/events/events';
import type { StepRequest } from '../../../../src/shared/contracts/events/workflow';
import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { PoisonMessageError } from '../../../kit/messaging/message-errors';
import type { ReceivedEvent } from '../../../kit/messaging/message';
import { together } from '../../../kit/messaging/together';
import type { StepObservers } from '../../../kit/messaging/workflow-steps';
import type { EventHandlers } from '../../../kit/run-service';
import type { InvoicesContext } from '../context';
import { changing } from '../db/publishing';
import { notePaper } from '../db/changes';
import { lockInvoiceByUid, saveInvoice } from '../db/invoice-repository';
import { nameClients, nameOrder } from '../db/references';
import type { ToldClient } from '../db/projections';
import { storeBusiness, storeClients, storeOrder } from '../db/projections';
import { addEntries, addEntry } from '../db/timeline-repository';
import type { DeliveryFact } from '../domain/delivery';
import { attemptOf } from '../domain/delivery';
import { startOf } from '../domain/timeline';
import type { TimelineStep } from '../domain/timeline';
import { lockDelivery, settle } from './deliveries';
import { releaseHeld } from './waiting-sends';

/** What other services tell. Each event's effect happens once: by revision, key, or fact. */
export function createEventHandlers(context: InvoicesContext): EventHandlers {
  const store = together<ToldClient>(async (told) => {
    await storeClients(context.db, told);
    await nameClients(context.db, told);
  });
  const client = (event: ReceivedEvent<'ClientCreated' | 'ClientUpdated' | 'ClientDeleted'>) =>
    store({ tenant: tenantOf(event), state: event.data });
  const order = async (event: ReceivedEvent<'OrderCreated' | 'OrderUpdated'>) => {
    await storeOrder(context.db, tenantOf(event), event.data);
    await nameOrder(context.db, tenantOf(event), event.data);
  };
  return {
    ClientCreated: client,
    ClientUpdated: client,
    ClientDeleted: client,
    OrderCreated: order,
    OrderUpdated: order,
    async BusinessUpdated(event) {
      await storeBusiness(context.db, tenantOf(event), event.data);
      context.directory.forget(tenantOf(event));
    },
    PDFGenerated: (event) => pdfGenerated(context, tenantOf(event), event),
    EmailSent: (event) => emailSent(context, tenantOf(event), event),
    EmailFailed: (event) => emailFailed(context, tenantOf(event), event),
  };
}

/**
 * Steps of pdf and notifications, shown while they run. The first try of each follows at once on what
 * this service does or hears of anyway, and is noted there; further tries arrive as requests.
 */
export function createStepObservers(context: InvoicesContext): StepObservers {
  return {
    generate_pdf: (request) => observed(context, request, 'generate_pdf'),
    notify_client: (request) => observed(context, request, 'notify_client'),
  };
}

function tenantOf(event: ReceivedEvent): BusinessUid {
  if (event.tenant === null) throw new PoisonMessageError(`${event.name} names no tenant`);
  return event.tenant;
}

async function observed(
  context: InvoicesContext,
  request: StepRequest,
  step: 'generate_pdf' | 'notify_client',
): Promise<void> {
  const { tenant, execution, send_uid: sendUid, attempt, retry } = request;
  await changing(context.db, async (transaction) => {
    // Held, so that of two entries at once both are told to devices.
    const invoice = await lockInvoiceByUid(transaction, tenant, request.invoice_uid);
    if (invoice === null) return;
    const common = { invoiceId: invoice.id, at: context.now(), attempt, sendUid };
    await addEntries(transaction, tenant, [
      // The mail is asked for when the PDF is there, also where its event is still on its way.
      ...(step === 'notify_client'
        ? [
            {
              ...common,
              key: `generate_pdf:done:${execution}`,
              step: 'generate_pdf' as const,
              state: 'done' as const,
              stepAttempt: null,
            },
          ]
        : []),
      { ...common, ...startOf(step, common, retry) },
    ]);
  });
}

async function pdfGenerated(
  context: InvoicesContext,
  tenant: BusinessUid,
  event: ReceivedEvent<'PDFGenerated'>,
): Promise<void> {
  const { invoice_uid: uid, send_uid: sendUid, execution, sha256, bytes } = event.data;
  const today = await context.directory.today(tenant);
  await changing(context.db, async (transaction) => {
    const invoice = await lockInvoiceByUid(transaction, tenant, uid);
    if (invoice === null || invoice.finalisedAt === null) return;
    if (invoice.pdfSha256 === null) {
      await saveInvoice(transaction, invoice, { pdfSha256: sha256 }, context.now());
      notePaper(transaction, tenant, { uid, sha256 });
    } else if (invoice.pdfSha256 !== sha256) {
      // The bytes that were there first are the document (DOMAIN 3).
      context.log.error({ invoice: uid, sha256 }, 'another PDF of an issued document');
    }
    if (sendUid === null) {
      // The author's own bytes are there now: what waited for them goes on.
      const isOwn = invoice.pdfSha256 === null || invoice.pdfSha256 === sha256;
      if (isOwn) await releaseHeld(transaction, invoice, today, context.now());
      return;
    }
    const at = event.occurredAt;
    const common = { invoiceId: invoice.id, at, attempt: attemptOf(execution), sendUid };
    await addEntries(transaction, tenant, [
      {
        ...common,
        key: `generate_pdf:done:${execution ?? sendUid}`,
        step: 'generate_pdf',
        state: 'done',
        stepAttempt: null,
        details: { sha256, bytes: String(bytes) },
      },
      // Then the workflow asks for the mail.
      ...(execution === null ? [] : [{ ...common, ...startOf('notify_client', common) }]),
    ]);
  });
}

const STEP_OF: Readonly<Record<EventData<'EmailSent'>['kind'], TimelineStep>> = {
  invoice: 'notify_client',
  reminder: 'reminder',
  receipt: 'receipt',
};

async function emailSent(
  context: InvoicesContext,
  tenant: BusinessUid,
  event: ReceivedEvent<'EmailSent'>,
): Promise<void> {
  const { send_uid: sendUid, message_uid, execution, kind, ses_id } = event.data;
  const fact: DeliveryFact = { kind: 'mailed', isFinal: kind !== 'invoice' };
  await applyMail(context, tenant, event, fact, {
    key: `${STEP_OF[kind]}:done:${execution ?? sendUid}`,
    state: 'done',
    details: { message_uid, ses_id },
  });
}

async function emailFailed(
  context: InvoicesContext,
  tenant: BusinessUid,
  event: ReceivedEvent<'EmailFailed'>,
): Promise<void> {
  const { send_uid: sendUid, message_uid, execution, kind, outcome, reason } = event.data;
  const attempt = attemptOf(execution);
  const fact: DeliveryFact =
    outcome === 'bounced' ? { kind: 'bounced', reason } : { kind: outcome, attempt, reason };
  await applyMail(context, tenant, event, fact, {
    key:
      outcome === 'bounced'
        ? `${STEP_OF[kind]}:bounced:${message_uid}`
        : `${STEP_OF[kind]}:failed:${execution ?? sendUid}`,
    state: outcome === 'unknown' ? 'unknown' : 'failed',
    reason,
    details: { message_uid },
  });
}

interface MailEntry {
  readonly key: string;
  readonly state: 'done' | 'failed' | 'unknown';
  readonly reason?: string;
  readonly details: Readonly<Record<string, string>>;
}

async function applyMail(
  context: InvoicesContext,
  tenant: BusinessUid,
  event: ReceivedEvent<'EmailSent' | 'EmailFailed'>,
  fact: DeliveryFact,
  entry: MailEntry,
): Promise<void> {
  const { send_uid: sendUid, invoice_uid: invoiceUid, execution, kind } = event.data;
  const today = await context.directory.today(tenant);
  await changing(context.db, async (transaction) => {
    const found = await lockDelivery(transaction, tenant, invoiceUid, sendUid);
    if (found === null) {
      context.log.warn({ send_uid: sendUid }, 'mail of an unknown send');
      return;
    }
    const { invoice, send } = found;
    // The workflow tries a failed mail again by itself, and says in the end what became of it.
    const isLeftToWorkflow = kind === 'invoice' && fact.kind === 'failed' && execution !== null;
    if (!isLeftToWorkflow) {
      await settle(transaction, invoice, send, fact, today, context.now());
    }
    await addEntry(transaction, invoice, {
      ...entry,
      step: STEP_OF[kind],
      at: event.occurredAt,
      attempt: attemptOf(execution),
      stepAttempt: null,
      sendUid,
    });
  });
}
