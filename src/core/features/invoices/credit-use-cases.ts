import { creditContent } from '../../../shared/domain/credit-rules';
import type { LineUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { Invoice } from '../../../shared/domain/invoice';
import { notFound, ok } from '../../../shared/domain/result';
import { readBusiness } from '../../businesses/business-repository';
import type { BusinessContext, UseCases } from '../../context';
import type { WriteScope } from '../../replica/replica';
import { readClient } from '../documents/parties';
import { copiedContent } from './blank-content';
import { createDraft } from './draft-use-cases';
import { newDraft } from './invoice-facts';
import { findCreditNotes, findInvoice } from './invoice-repository';

export const creditUseCases: UseCases<'invoices.credit'> = {
  'invoices.credit': (context, { uid, lines, alsoCopy }) =>
    context.replica.write((scope) => {
      const stored = findInvoice(scope, uid);
      if (stored === null) return notFound('invoice', uid);
      const { invoice } = stored;
      const earlier = findCreditNotes(scope, uid).map((credit) => credit.invoice);
      const content = creditContent(invoice, earlier, lines ?? 'full', {
        newLineUid: () => newUid<LineUid>(),
        issueDate: context.today(),
      });
      if (!content.ok) return content;
      const { orderUid } = invoice;
      const draft = newDraft(content.value, scope.now, {
        kind: 'credit_note',
        correctsUid: uid,
        orderUid,
      });
      const creditNote = createDraft(scope, draft);
      const copy = alsoCopy ? createCopy(scope, context, invoice, lines === undefined) : null;
      return ok({ creditNote, copy });
    }),
};

/**
 * The draft that takes the place of a credited invoice. Where all of it is credited, it also takes
 * its place in the order.
 */
function createCopy(
  scope: WriteScope,
  context: BusinessContext,
  invoice: Invoice,
  isReplacement: boolean,
): Invoice {
  const client = readClient(scope, invoice.content.clientUid);
  const content = copiedContent(invoice, readBusiness(scope), client, context.today());
  if (!isReplacement || invoice.orderUid === null) {
    return createDraft(scope, newDraft(content, scope.now));
  }
  const lines = content.lines.map((line, index) => ({
    ...line,
    sourceLineUid: invoice.content.lines[index]?.sourceLineUid ?? null,
  }));
  const { orderUid } = invoice;
  return createDraft(scope, newDraft({ ...content, lines }, scope.now, { orderUid }));
}
