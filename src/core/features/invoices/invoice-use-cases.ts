import { creditUseCases } from './credit-use-cases';
import { draftUseCases } from './draft-use-cases';
import { finaliseUseCases } from './finalise';
import { mailUseCases } from './mail-use-cases';
import { pdfUseCases } from './pdf-use-cases';
import { readUseCases } from './read-use-cases';

/** Everything that the app-api offers on invoices and credit notes. */
export const invoiceUseCases = {
  ...readUseCases,
  ...draftUseCases,
  ...finaliseUseCases,
  ...creditUseCases,
  ...pdfUseCases,
  ...mailUseCases,
};
