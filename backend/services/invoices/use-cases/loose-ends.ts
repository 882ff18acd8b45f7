import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';

import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import { minor } from '../../../../src/shared/domain/money';
import type { Database, Transaction } from '../../../kit/database/database';
import type { InvoicesContext } from '../context';
import { saveInvoice, lockInvoiceByUid } from '../db/invoice-repository';
import { changing } from '../db/publishing';
import { frozenDocuments, invoices, payments, sends } from '../db/schema';
import { beginQueued, lockSendsOf } from './waiting-sends';
import { tellInvoice } from './tell-invoice';

const BATCH = 100;

interface LooseEnd {
  readonly tenant: BusinessUid;
  readonly uid: InvoiceUid;
}

/**
 * Documents that something waits for though they are here. Batches look for what came before and
 * for what they refer to, but two that are written at the same moment do not see each other.
 */
export async function findLooseEnds(db: Database, before: Date): Promise<readonly LooseEnd[]> {
  const mailed = await db
    .select({ tenant: sends.tenant, uid: sends.invoiceUid })
    .from(sends)
    .innerJoin(invoices, and(eq(invoices.tenant, sends.tenant), eq(invoices.uid, sends.invoiceUid)))
    .innerJoin(
      frozenDocuments,
      and(
        eq(frozenDocuments.tenant, sends.tenant),
        eq(frozenDocuments.invoiceUid, sends.invoiceUid),
      ),
    )
    .where(
      and(
        eq(sends.state, 'queued'),
        lt(sends.updatedAt, before),
        isNotNull(invoices.finalisedAt),
        isNull(invoices.deletedAt),
      ),
    )
    .limit(BATCH);
  const paid = await db
    .select({ tenant: payments.tenant, uid: payments.invoiceUid })
    .from(payments)
    .innerJoin(
      invoices,
      and(eq(invoices.tenant, payments.tenant), eq(invoices.uid, payments.invoiceUid)),
    )
    .where(isNull(payments.invoiceId))
    .limit(BATCH);
  const [corrected] = await db.execute(sql`
    select i.tenant as tenant, i.uid as uid from invoices n
    join invoices i on i.tenant = n.tenant and i.uid = n.corrects_uid
    where n.corrects_uid is not null and n.corrects_id is null and n.finalised_at is not null
    limit ${BATCH}`);
  const all = [...mailed, ...paid, ...(corrected as unknown as readonly LooseEnd[])];
  return [...new Map(all.map(({ tenant, uid }) => [`${tenant} ${uid}`, { tenant, uid }])).values()];
}

/** Counts what came before a document, and begins the mails that waited for it. */
export async function tieLooseEnds(
  context: InvoicesContext,
  { tenant, uid }: LooseEnd,
): Promise<void> {
  const today = await context.directory.today(tenant);
  await changing(context.db, async (transaction) => {
    const found = await lockInvoiceByUid(transaction, tenant, uid);
    if (found === null) return;
    const now = context.now();
    const sums = await sumsOf(transaction, tenant, uid);
    await nameDocument(transaction, tenant, uid, found.id);
    let invoice = found;
    if (sums.paid !== found.paid || sums.credited !== found.credited) {
      invoice = await saveInvoice(transaction, found, sums, now);
      await tellInvoice(transaction, 'InvoiceUpdated', invoice, 'edited', today);
    }
    if (invoice.finalisedAt === null || invoice.deletedAt !== null) return;
    for (const send of await lockSendsOf(transaction, tenant, [uid], 'queued')) {
      invoice = await beginQueued(transaction, invoice, send, today, now);
    }
  });
}

async function sumsOf(transaction: Transaction, tenant: BusinessUid, uid: InvoiceUid) {
  const [paid] = await transaction
    .select({ sum: sql<string | null>`sum(${payments.amount})` })
    .from(payments)
    .where(and(eq(payments.tenant, tenant), eq(payments.invoiceUid, uid)));
  const [credited] = await transaction
    .select({ sum: sql<string | null>`sum(${invoices.total})` })
    .from(invoices)
    .where(
      and(
        eq(invoices.tenant, tenant),
        eq(invoices.correctsUid, uid),
        isNotNull(invoices.finalisedAt),
        isNull(invoices.deletedAt),
      ),
    );
  return { paid: minor(Number(paid?.sum ?? 0)), credited: minor(Number(credited?.sum ?? 0)) };
}

async function nameDocument(
  transaction: Transaction,
  tenant: BusinessUid,
  uid: InvoiceUid,
  id: number,
): Promise<void> {
  await transaction
    .update(payments)
    .set({ invoiceId: id })
    .where(
      and(eq(payments.tenant, tenant), eq(payments.invoiceUid, uid), isNull(payments.invoiceId)),
    );
  await transaction
    .update(invoices)
    .set({ correctsId: id })
    .where(
      and(eq(invoices.tenant, tenant), eq(invoices.correctsUid, uid), isNull(invoices.correctsId)),
    );
}
