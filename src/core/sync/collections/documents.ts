import { asc, eq } from 'drizzle-orm';

import type { DocumentRecord } from '../../../shared/contracts/sync/records';
import { documentRecord } from '../../../shared/contracts/sync/records';
import { findInvoice } from '../../features/invoices/invoice-repository';
import { documents, invoices } from '../../replica/schema';
import type { CollectionAdapter, RecordReference, SyncedRecord } from '../collection-adapter';
import { invoicesAdapter } from './invoices';

/** The papers of issued documents. They travel one way only: finalising tells them to the cloud. */
export const documentsAdapter: CollectionAdapter<'documents'> = {
  collection: 'documents',

  read(scope, uid) {
    const stored = findInvoice(scope, uid);
    if (stored === null) return null;
    const found = scope.db
      .select({ frozen: documents.frozen, sha256: documents.sha256 })
      .from(documents)
      .where(eq(documents.invoiceId, stored.id))
      .get();
    if (found === undefined) return null;
    const frozen: unknown = JSON.parse(found.frozen);
    return {
      record: documentRecord.parse({ uid, frozen, sha256: found.sha256 }),
      deleted: false,
    };
  },

  store(scope, records) {
    const waiting: SyncedRecord<'documents'>[] = [];
    for (const pulled of records) {
      const { uid, frozen, sha256 } = pulled.record;
      const invoice = scope.db
        .select({ id: invoices.id, pdfSha256: invoices.pdfSha256 })
        .from(invoices)
        .where(eq(invoices.uid, uid))
        .get();
      // Before its invoice, or where this device finalised the draft itself: not of what is here.
      if (invoice?.pdfSha256 !== sha256) {
        waiting.push(pulled);
        continue;
      }
      scope.db
        .insert(documents)
        .values({ invoiceId: invoice.id, frozen: JSON.stringify(frozen), pdf: null, sha256 })
        .onConflictDoNothing()
        .run();
    }
    scope.touch(['invoices']);
    return waiting;
  },

  referencesOf({ uid, frozen }) {
    return [{ collection: 'invoices', uid }, ...logoOf(frozen)];
  },
  title: (scope, uid) => invoicesAdapter.title(scope, uid),
  uids: (scope) =>
    scope.db
      .select({ uid: invoices.uid })
      .from(documents)
      .innerJoin(invoices, eq(invoices.id, documents.invoiceId))
      .orderBy(asc(invoices.id))
      .all()
      .map(({ uid }) => uid),
};

/** The logo that a frozen document refers to, if it has one. */
export function logoOf(frozen: DocumentRecord['frozen']): readonly RecordReference[] {
  const logo = frozen['logo'] as { readonly sha256?: string } | null | undefined;
  return logo?.sha256 === undefined ? [] : [{ collection: 'assets', uid: logo.sha256 }];
}
