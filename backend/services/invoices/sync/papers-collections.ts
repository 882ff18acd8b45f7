import { sql } from 'drizzle-orm';

import { documentRecord } from '../../../../src/shared/contracts/sync/records';
import type { CalendarDate } from '../../../../src/shared/domain/calendar-date';
import type { InvoiceUid } from '../../../../src/shared/domain/ids';
import { isSameValue } from '../../../../src/shared/sync/field-paths';
import type { SyncedCollection } from '../../../kit/sync/synced-collection';
import { keepPapers, lockInvoicesByUid } from '../db/bulk';
import type { InvoiceRow } from '../db/rows';
import { assets } from '../db/schema';
import { beginQueued, lockSendsOf } from '../use-cases/waiting-sends';
import { isLogoText, paperOf } from './paper-rules';
import { passingOn } from './passing-on';
import { dayOf } from './today';

/** Logos that papers refer to by their hash. Nothing changes them. */
export function createAssetsCollection(): SyncedCollection<'assets'> {
  return {
    name: 'assets',
    decide({ before, after, isDeleted }) {
      if (before !== null || isDeleted) return { kind: 'reject', code: 'append_only', field: '' };
      return isLogoText(after.data, after.uid)
        ? { kind: 'accept' }
        : { kind: 'reject', code: 'malformed', field: 'data' };
    },
    async apply(transaction, tenant, changes) {
      await transaction
        .insert(assets)
        .values(changes.map(({ after }) => ({ tenant, sha256: after.uid, data: after.data })))
        .onDuplicateKeyUpdate({ set: { tenant: sql`${assets.tenant}` } });
    },
  };
}

interface PreparedPapers {
  readonly now: Date;
  readonly today: CalendarDate;
  readonly invoices: ReadonlyMap<InvoiceUid, InvoiceRow>;
}

/**
 * Papers of finalised documents. They come with the finalising itself; by themselves only where a
 * restored cloud has lost them (R63).
 */
export function createDocumentsCollection(
  clock: () => Date,
): SyncedCollection<'documents', PreparedPapers> {
  return {
    name: 'documents',
    async prepare(transaction, tenant, mutations) {
      const uids = mutations.flatMap(({ body }) => {
        const parsed = body.kind === 'create' ? documentRecord.safeParse(body.record) : null;
        return parsed?.success === true ? [parsed.data.uid] : [];
      });
      const now = clock();
      const today = await dayOf(transaction, tenant, now);
      return { now, today, invoices: await lockInvoicesByUid(transaction, tenant, uids) };
    },
    decide({ before, after, isDeleted }, { invoices }) {
      if (isDeleted || (before !== null && !isSameValue(before, after))) {
        return { kind: 'reject', code: 'append_only', field: '' };
      }
      if (paperOf(after.frozen) === null) {
        return { kind: 'reject', code: 'malformed', field: 'frozen' };
      }
      const known = invoices.get(after.uid)?.pdfSha256 ?? after.sha256;
      return known === after.sha256
        ? { kind: 'accept' }
        : { kind: 'reject', code: 'pdf_differs', field: 'sha256' };
    },
    async apply(transaction, tenant, changes, { invoices, now, today }, context) {
      await keepPapers(
        transaction,
        changes.flatMap(({ after }) => {
          const paper = paperOf(after.frozen);
          return paper === null ? [] : [{ tenant, invoiceUid: after.uid, ...paper }];
        }),
      );
      await passingOn(transaction, context, 'documents', async () => {
        const uids = changes.map(({ after }) => after.uid);
        const current = new Map(invoices);
        for (const send of await lockSendsOf(transaction, tenant, uids, 'queued')) {
          const row = current.get(send.invoiceUid);
          if (row === undefined || row.finalisedAt === null || row.deletedAt !== null) continue;
          current.set(row.uid, await beginQueued(transaction, row, send, today, now));
        }
      });
    },
  };
}
