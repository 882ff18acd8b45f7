import { and, eq, inArray } from 'drizzle-orm';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import type { Database } from '../../../kit/database/database';
import { MAX_PAGE_LINES, pageBefore } from '../../../kit/http/paging';
import { invoices } from './schema';

interface Head {
  readonly id: number;
  readonly revision: number;
  readonly finalisedAt: Date | null;
}

export interface Whole<R extends Head, L> {
  readonly invoice: R;
  readonly items: readonly L[];
}

export interface InvoiceReaders<R extends Head, L> {
  /** Reads invoices anew; one that is gone is left out. */
  readonly heads: (ids: readonly number[]) => Promise<readonly R[]>;
  /** Lines by document; one more than a page holds is enough. */
  readonly items: (ids: readonly number[]) => Promise<readonly L[]>;
}

export interface WholeInvoices<R extends Head, L> {
  readonly whole: readonly Whole<R, L>[];
  /** The first of the documents that a page has no room for; null where all are there. */
  readonly end: number | null;
}

/**
 * Invoices with their lines, in the order of `rows`. A change may commit between the reads of the
 * two: a draft whose revision has moved on by then is read again, so that none is ever half old and
 * half new. The lines of what is finalised never change, so nothing is looked at twice for them.
 */
export async function withItems<R extends Head, L extends { readonly invoiceId: number }>(
  db: Database,
  tenant: BusinessUid,
  rows: readonly R[],
  readers: InvoiceReaders<R, L>,
): Promise<WholeInvoices<R, L>> {
  const lines = await readers.items(rows.map((row) => row.id));
  const end = lines[MAX_PAGE_LINES]?.invoiceId ?? null;
  const { rows: read } = pageBefore(end, rows);
  const items = Map.groupBy(lines, (item) => item.invoiceId);
  const found = read.map((invoice) => ({ invoice, items: items.get(invoice.id) ?? [] }));
  const moved = await movedDrafts(db, tenant, read);
  if (moved.length === 0) return { whole: found, end };
  const newer = new Map<number, Whole<R, L>>();
  for (const head of await readers.heads(moved)) {
    // One by one: they may have grown, and this page is theirs by now.
    const { whole } = await withItems(db, tenant, [head], readers);
    for (const one of whole) newer.set(one.invoice.id, one);
  }
  const whole = found.flatMap((one) => {
    if (!moved.includes(one.invoice.id)) return [one];
    const again = newer.get(one.invoice.id);
    return again === undefined ? [] : [again];
  });
  return { whole, end };
}

/** The ids of those drafts that have changed since they were read. */
async function movedDrafts(
  db: Database,
  tenant: BusinessUid,
  rows: readonly Head[],
): Promise<readonly number[]> {
  const drafts = rows.filter((row) => row.finalisedAt === null);
  if (drafts.length === 0) return [];
  const ids = drafts.map((row) => row.id);
  const now = await db
    .select({ id: invoices.id, revision: invoices.revision })
    .from(invoices)
    .where(and(eq(invoices.tenant, tenant), inArray(invoices.id, ids)));
  const revisions = new Map(now.map((row) => [row.id, row.revision]));
  return drafts.filter((row) => revisions.get(row.id) !== row.revision).map((row) => row.id);
}
