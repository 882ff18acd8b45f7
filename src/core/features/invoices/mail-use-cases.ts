import { documentFileName } from '../../../shared/domain/document-file-name';
import { notFound, ok, refused } from '../../../shared/domain/result';
import { fillTemplate, mailTemplate } from '../../../shared/mail/mail-texts';
import { createFormatter } from '../../../shared/pdf/locale/formats';
import { readBusiness } from '../../businesses/business-repository';
import type { UseCases } from '../../context';
import { readClient } from '../documents/parties';
import { findInvoice } from './invoice-repository';

export const mailUseCases: UseCases<'invoices.mailText'> = {
  'invoices.mailText': (context, { uid }) =>
    context.replica.read((scope) => {
      const stored = findInvoice(scope, uid);
      if (stored === null || stored.invoice.deletedAt !== null) return notFound('invoice', uid);
      const { invoice, clientName } = stored;
      const { number, kind, content, totals } = invoice;
      if (number === null) return refused('', 'not_finalised');
      const business = readBusiness(scope);
      const template = mailTemplate(content.language, kind);
      const format = createFormatter(content.formats, content.language);
      const values = {
        number,
        client: clientName,
        total: `${format.amount(totals.total, content.currency)} ${content.currency}`,
        due: format.date(content.dueDate),
        business: business.name,
      };
      return ok({
        to: readClient(scope, content.clientUid)?.email ?? '',
        subject: fillTemplate(business.mail.subject || template.subject, values),
        body: fillTemplate(business.mail.body || template.body, values),
        fileName: documentFileName(number, clientName),
      });
    }),
};
