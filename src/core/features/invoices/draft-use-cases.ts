import { checkDraft } from '../../../shared/domain/document-rules';
import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import { documentContent } from '../../../shared/domain/invoice';
import type { Result } from '../../../shared/domain/result';
import { notFound, ok, refused, refusedFor } from '../../../shared/domain/result';
import { computeTotals } from '../../../shared/domain/totals';
import { diffFields } from '../../../shared/sync/diff-fields';
import { invoiceRecordOf } from '../../../shared/sync/wire-records';
import { readBusiness } from '../../businesses/business-repository';
import type { UseCases } from '../../context';
import type { WriteScope } from '../../replica/replica';
import { editOnBase } from '../../sync/edit-on-base';
import { readClient } from '../documents/parties';
import { nextUpdatedAt } from '../documents/updated-at';
import { findOrder } from '../orders/order-repository';
import { refreshOrderStatus } from '../orders/order-progress';
import { blankContent, copiedContent } from './blank-content';
import { contentIssues, findDraft } from './draft-checks';
import { newDraft } from './invoice-facts';
import { findInvoice, insertInvoice, saveInvoice } from './invoice-repository';

type DraftMethods =
  | 'invoices.blank'
  | 'invoices.calculate'
  | 'invoices.createDraft'
  | 'invoices.updateDraft'
  | 'invoices.deleteDraft'
  | 'invoices.restoreDraft'
  | 'invoices.duplicate'
  | 'invoices.setRemindersPaused';

export const draftUseCases: UseCases<DraftMethods> = {
  'invoices.blank': (context, { clientUid }) =>
    context.replica.read((scope) => {
      const client = readClient(scope, clientUid ?? null);
      if (clientUid !== undefined && client === null) return notFound('client', clientUid);
      return ok(blankContent(readBusiness(scope), client, context.today()));
    }),

  'invoices.calculate': (_context, content) => {
    const issues = checkDraft(content);
    return issues.length > 0 ? refusedFor(issues) : ok(computeTotals(content));
  },

  'invoices.createDraft': (context, { content }) =>
    context.replica.write((scope) => {
      const issues = contentIssues(scope, content, null);
      if (issues.length > 0) return refusedFor(issues);
      return ok(createDraft(scope, newDraft(content, scope.now)));
    }),

  'invoices.updateDraft': (context, { uid, content, base }) =>
    context.replica.write((scope) => updateDraft(scope, uid, content, base)),

  'invoices.deleteDraft': (context, { uid }) =>
    context.replica.write((scope) => {
      const found = findDraft(scope, uid);
      if (!found.ok) return found;
      const { invoice, clientName } = found.value;
      const deleted = { ...invoice, deletedAt: scope.now };
      saveInvoice(scope, found.value, { invoice: deleted, clientName });
      scope.record({
        collection: 'invoices',
        uid,
        action: 'deleted',
        mutation: { kind: 'delete', record: invoiceRecordOf(invoice, clientName) },
      });
      refreshOrderStatus(scope, invoice.orderUid);
      return ok({});
    }),

  'invoices.restoreDraft': (context, { uid }) =>
    context.replica.write((scope) => restoreDraft(scope, uid)),

  'invoices.duplicate': (context, { uid }) =>
    context.replica.write((scope) => {
      const source = findInvoice(scope, uid);
      if (source === null) return notFound('invoice', uid);
      const client = readClient(scope, source.invoice.content.clientUid);
      const content = copiedContent(source.invoice, readBusiness(scope), client, context.today());
      return ok(createDraft(scope, newDraft(content, scope.now)));
    }),

  'invoices.setRemindersPaused': (context, { uid, paused }) =>
    context.replica.write((scope) => {
      const stored = findInvoice(scope, uid);
      if (stored === null || stored.invoice.deletedAt !== null) return notFound('invoice', uid);
      const { invoice } = stored;
      if (invoice.remindersPaused === paused) return ok(invoice);
      const after = {
        ...invoice,
        remindersPaused: paused,
        updatedAt: nextUpdatedAt(invoice.updatedAt, scope.now),
      };
      saveInvoice(scope, stored, { ...stored, invoice: after });
      scope.record({
        collection: 'invoices',
        uid,
        action: 'edited',
        mutation: {
          kind: 'patch',
          fields: { remindersPaused: { from: !paused, to: paused } },
        },
      });
      return ok(after);
    }),
};

/** Stores a new draft of whatever origin and tells outbox and activity. */
export function createDraft(scope: WriteScope, invoice: Invoice): Invoice {
  const clientName = readClient(scope, invoice.content.clientUid)?.name ?? '';
  insertInvoice(scope, { invoice, clientName });
  scope.record({
    collection: 'invoices',
    uid: invoice.uid,
    action: 'created',
    mutation: { kind: 'create', record: invoiceRecordOf(invoice, clientName) },
  });
  refreshOrderStatus(scope, invoice.orderUid);
  return invoice;
}

function updateDraft(
  scope: WriteScope,
  uid: string,
  typed: DocumentContent,
  base: DocumentContent | undefined,
): Result<Invoice> {
  const found = findDraft(scope, uid);
  if (!found.ok) return found;
  const before = found.value;
  const stored = before.invoice.content;
  const edit = { base, typed, stored };
  const content = editOnBase(scope, 'invoices', uid, documentContent, edit);
  const issues = contentIssues(scope, content, before);
  if (issues.length > 0) return refusedFor(issues);
  const fields = diffFields(before.invoice.content, content);
  if (Object.keys(fields).length === 0) return ok(before.invoice);
  const invoice: Invoice = {
    ...before.invoice,
    content,
    totals: computeTotals(content),
    updatedAt: nextUpdatedAt(before.invoice.updatedAt, scope.now),
  };
  const hasNewClient = content.clientUid !== before.invoice.content.clientUid;
  const clientName = hasNewClient
    ? (readClient(scope, content.clientUid)?.name ?? '')
    : before.clientName;
  saveInvoice(scope, before, { invoice, clientName });
  scope.record({
    collection: 'invoices',
    uid,
    action: 'edited',
    mutation: { kind: 'patch', fields, before: before.invoice.content },
  });
  refreshOrderStatus(scope, invoice.orderUid);
  return ok(invoice);
}

function restoreDraft(scope: WriteScope, uid: string): Result<Invoice> {
  const stored = findInvoice(scope, uid);
  if (stored === null) return notFound('invoice', uid);
  const { invoice } = stored;
  if (invoice.deletedAt === null) return ok(invoice);
  if (invoice.orderUid !== null && findOrder(scope, invoice.orderUid)?.order.deletedAt) {
    return refused('orderUid', 'order_deleted');
  }
  const client = readClient(scope, invoice.content.clientUid);
  if (client?.deletedAt) return refused('clientUid', 'client_deleted');
  const clientName = client?.name ?? stored.clientName;
  const restored = {
    ...invoice,
    deletedAt: null,
    updatedAt: nextUpdatedAt(invoice.updatedAt, scope.now),
  };
  saveInvoice(scope, stored, { invoice: restored, clientName });
  scope.record({
    collection: 'invoices',
    uid,
    action: 'restored',
    mutation: { kind: 'restore' },
  });
  refreshOrderStatus(scope, invoice.orderUid);
  return ok(restored);
}
