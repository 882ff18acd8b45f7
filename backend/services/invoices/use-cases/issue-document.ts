import type { FrozenDocument } from '../../../../src/shared/domain/frozen-document';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { DocumentContent, InvoiceKind } from '../../../../src/shared/domain/invoice';
import { ZERO } from '../../../../src/shared/domain/money';
import { computeTotals } from '../../../../src/shared/domain/totals';
import type { Transaction } from '../../../kit/database/database';
import { readLogo } from '../db/frozen-repository';
import { takeNumber } from '../db/numbers';
import type { InvoiceRow, NewInvoice } from '../db/rows';
import { contentColumns } from '../domain/content-columns';
import type { OrderReference } from '../domain/creation';
import type { PaperSubject } from '../domain/paper';
import { freezeDocument } from '../domain/paper';

type IssuedColumns = Pick<
  InvoiceRow,
  'number' | 'seriesUid' | 'period' | 'sequence' | 'finalisedAt' | 'clientName'
>;

/**
 * Takes the number of a document and freezes its paper. What was checked before is frozen here: in
 * the transaction that stores both, so that a number never stands without its document.
 */
export async function issueDocument(
  transaction: Transaction,
  tenant: BusinessUid,
  subject: PaperSubject,
  now: Date,
): Promise<{ readonly columns: IssuedColumns; readonly frozen: FrozenDocument }> {
  const logo = await readLogo(transaction, tenant, subject.paper.logoSha256);
  const taken = await takeNumber(transaction, tenant, subject.kind, subject.content.issueDate);
  const finalisedAt = now.toISOString();
  const frozen = freezeDocument(subject, { ...taken, finalisedAt }, logo);
  const clientName = subject.paper.client.name;
  return { columns: { ...taken, finalisedAt: now, clientName }, frozen };
}

/** The row of a new draft. */
export function draftRow(
  draft: {
    readonly tenant: BusinessUid;
    readonly uid: InvoiceUid;
    readonly kind: InvoiceKind;
    readonly clientId: number | null;
    readonly order: OrderReference | null;
    readonly corrects: Pick<InvoiceRow, 'id' | 'uid'> | null;
    readonly content: DocumentContent;
  },
  now: Date,
): NewInvoice {
  const { order, content } = draft;
  return {
    tenant: draft.tenant,
    uid: draft.uid,
    kind: draft.kind,
    revision: 1,
    clientId: draft.clientId,
    orderId: order?.id ?? null,
    orderUid: order?.uid ?? null,
    orderNumber: order?.number ?? '',
    correctsId: draft.corrects?.id ?? null,
    correctsUid: draft.corrects?.uid ?? null,
    clientName: '',
    isImported: false,
    duplicateOf: null,
    numberClash: '',
    ...contentColumns(content, computeTotals(content)),
    number: null,
    seriesUid: null,
    period: null,
    sequence: null,
    finalisedAt: null,
    paid: ZERO,
    credited: ZERO,
    deliveryState: null,
    deliverySendUid: null,
    deliveryAttempt: null,
    deliveryReason: null,
    deliveryAt: null,
    sentAt: null,
    pdfSha256: null,
    remindersPaused: false,
    reminderStep: 0,
    overdueNotedOn: null,
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** The order that a stored document was made from. */
export function orderOf(invoice: InvoiceRow): OrderReference | null {
  const { orderId, orderUid, orderNumber } = invoice;
  return orderId === null || orderUid === null
    ? null
    : { id: orderId, uid: orderUid, number: orderNumber };
}
