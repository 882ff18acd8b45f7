import { and, eq } from 'drizzle-orm';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { computeTotals } from '../../../../src/shared/domain/totals';
import { checkpoint } from '../../../kit/checkpoint';
import type { Database, Transaction } from '../../../kit/database/database';
import type { StepOutcome } from '../../../kit/messaging/workflow-steps';
import { rememberOutcome } from '../../../kit/messaging/workflow-steps';
import type { InvoicesContext } from '../context';
import { changing } from '../db/publishing';
import { insertFrozen } from '../db/frozen-repository';
import { insertInvoice, insertItems } from '../db/invoice-repository';
import { creations } from '../db/schema';
import { insertSend, newSend } from '../db/send-repository';
import { addEntries } from '../db/timeline-repository';
import type { CreationRequest } from '../domain/creation';
import { isSettled } from '../domain/rest-status';
import { startOf } from '../domain/timeline';
import { deliveryColumns } from './deliveries';
import { draftRow, issueDocument } from './issue-document';
import { tellInvoice } from './tell-invoice';

type Creation = typeof creations.$inferSelect;

/**
 * The workflow's first step: makes the invoice that a POST asked for. Whoever comes first does it
 * (the workflow, the call itself, the sweep); the row of the request is locked, so it happens once.
 * Null when nothing of the kind was asked for.
 */
export async function createInvoice(
  context: InvoicesContext,
  tenant: BusinessUid,
  sendUid: string,
): Promise<StepOutcome | null> {
  const today = await context.directory.today(tenant);
  const outcome = await changing(context.db, async (transaction) => {
    const creation = await lockCreation(transaction, tenant, sendUid);
    if (creation === null) return null;
    if (creation.storedAt !== null) return { invoice_uid: creation.invoiceUid };
    await storeInvoice(transaction, creation, today, context.now());
    const made = { invoice_uid: creation.invoiceUid };
    await rememberOutcome(
      transaction,
      { tenant, step: 'create_invoice', send_uid: sendUid, execution: '' },
      made,
    );
    checkpoint('create_invoice', 'before-commit');
    return made;
  });
  context.stored.tell(sendUid);
  return outcome;
}

async function storeInvoice(
  transaction: Transaction,
  { tenant, sendUid, invoiceUid: uid, request }: Creation,
  today: Parameters<typeof tellInvoice>[4],
  now: Date,
): Promise<void> {
  const { content, order, clientId, paper, orderLines } = request;
  const draft = draftRow(
    { tenant, uid, kind: 'invoice', clientId, order, corrects: null, content },
    now,
  );
  const wish = { sendUid, kind: 'invoice', wasSettled: isSettled(draft) } as const;
  const send = newSend({ tenant, id: 0, uid }, wish, now);
  // As late as can be: from here on other numbers of the business wait.
  const subject = { uid, kind: 'invoice' as const, content, order, corrects: null, paper };
  const { columns, frozen } = await issueDocument(transaction, tenant, subject, now);
  const invoice = await insertInvoice(transaction, {
    ...draft,
    ...columns,
    ...deliveryColumns(send, now),
  });
  await insertItems(transaction, tenant, invoice.id, {
    lines: content.lines,
    totals: computeTotals(content),
    orderLines,
  });
  await insertFrozen(transaction, tenant, uid, frozen, paper.logoSha256);
  await insertSend(transaction, { ...send, invoiceId: invoice.id });
  const common = { invoiceId: invoice.id, at: now, sendUid };
  const key = `create_invoice:done:${sendUid}`;
  const done = { ...common, key, step: 'create_invoice', state: 'done' } as const;
  await addEntries(transaction, tenant, [done, { ...common, ...startOf('generate_pdf', send) }]);
  await tellInvoice(transaction, 'InvoiceCreated', invoice, 'created', today);
  await transaction.update(creations).set({ storedAt: now }).where(isCreation(tenant, sendUid));
}

/** Keeps what a POST asked for until the workflow's first step. */
export async function insertCreation(
  transaction: Transaction,
  creation: {
    readonly tenant: BusinessUid;
    readonly sendUid: string;
    readonly invoiceUid: Creation['invoiceUid'];
    readonly request: CreationRequest;
  },
  now: Date,
): Promise<void> {
  await transaction.insert(creations).values({ ...creation, storedAt: null, createdAt: now });
}

async function lockCreation(
  transaction: Transaction,
  tenant: BusinessUid,
  sendUid: string,
): Promise<Creation | null> {
  const [row] = await transaction
    .select()
    .from(creations)
    .where(isCreation(tenant, sendUid))
    .for('update');
  return row ?? null;
}

async function isStored(db: Database, tenant: BusinessUid, sendUid: string): Promise<boolean> {
  const [row] = await db
    .select({ storedAt: creations.storedAt })
    .from(creations)
    .where(isCreation(tenant, sendUid));
  // Cleared away means stored long ago.
  return row === undefined || row.storedAt !== null;
}

function isCreation(tenant: BusinessUid, sendUid: string) {
  return and(eq(creations.tenant, tenant), eq(creations.sendUid, sendUid));
}

/** How long a call leaves the making of its invoice to the workflow. */
const WAIT_MS = 4_000;
/** Another process may have done it, which nobody tells this one; looked for ever more seldom. */
const FIRST_LOOK_MS = 200;

/** Resolves when the invoice is stored: by the workflow or, where that takes too long, from here. */
export async function invoiceStored(
  context: InvoicesContext,
  tenant: BusinessUid,
  sendUid: string,
): Promise<void> {
  const until = performance.now() + WAIT_MS;
  let lookAgainMs = FIRST_LOOK_MS;
  do {
    const told = context.stored.wait(sendUid, Math.min(lookAgainMs, until - performance.now()));
    lookAgainMs *= 2;
    if (await isStored(context.db, tenant, sendUid)) return;
    if (await told) return;
  } while (performance.now() < until);
  if (await isStored(context.db, tenant, sendUid)) return;
  context.log.warn({ send_uid: sendUid }, 'the workflow is late: the call makes its invoice');
  await createInvoice(context, tenant, sendUid);
}
