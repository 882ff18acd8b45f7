import { freeze } from '../../../shared/domain/freeze';
import type { FrozenDocument } from '../../../shared/domain/frozen-document';
import type { Invoice } from '../../../shared/domain/invoice';
import type { PdfRenderer } from '../../../shared/pdf/renderer';
import { readBusiness } from '../../businesses/business-repository';
import type { ReadScope } from '../../replica/replica';
import { readClient } from '../documents/parties';
import { findOrder } from '../orders/order-repository';
import { findInvoice } from './invoice-repository';

/** The paper of a document as the records around it stand now. */
export function freezeStored(
  scope: ReadScope,
  renderer: PdfRenderer,
  invoice: Pick<Invoice, 'uid' | 'kind' | 'content' | 'orderUid' | 'correctsUid'>,
  issued: FrozenDocument['issued'],
): FrozenDocument {
  const order = invoice.orderUid === null ? null : findOrder(scope, invoice.orderUid);
  return freeze({
    business: readBusiness(scope),
    client: readClient(scope, invoice.content.clientUid),
    invoice,
    orderNumber: order?.order.number ?? '',
    corrects: correctedBy(scope, invoice.correctsUid),
    issued,
    renderer,
  });
}

function correctedBy(scope: ReadScope, uid: string | null): FrozenDocument['corrects'] {
  const corrected = uid === null ? null : findInvoice(scope, uid);
  if (corrected === null || corrected.invoice.number === null) return null;
  const { uid: invoiceUid, number, content } = corrected.invoice;
  return { invoiceUid, number, issueDate: content.issueDate };
}
