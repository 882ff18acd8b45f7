import type { ClientInput } from '../../../../shared/domain/client';
import { clientInput } from '../../../../shared/domain/client';
import { MAX_AMOUNT, MAX_QUANTITY, MAX_UNIT_PRICE } from '../../../../shared/domain/money';
import type { Address } from '../../../../shared/domain/party';
import type { Issue } from '../../../../shared/domain/result';
import { issue } from '../../../../shared/domain/result';
import { parseInput } from '../../../host/issues';
import { fieldOfImport } from './client-plan';
import type { StatedDocument, StatedInvoice } from './invoice-rows';

/** The client of an imported invoice: found by name and e-mail, or made from this. */
export interface ClientWish {
  readonly name: string;
  readonly email: string;
  readonly vatNumber: string;
  readonly address: Address;
}

/** What an invoice tells of a client that is not known yet. */
export function newClientOf(wish: ClientWish): ClientInput {
  return {
    ...wish,
    contactName: '',
    phone: '',
    companyNumber: '',
    currency: null,
    language: null,
    formats: null,
    terms: null,
    taxCodeUid: null,
    remindersPaused: false,
    notes: '',
  };
}

export function clientOf(document: StatedDocument): ClientWish {
  const { clientName, clientEmail: email, vatNumber, address } = document;
  return { name: clientName === '' ? email : clientName, email, vatNumber, address };
}

/** What a document needs before its amounts can be looked at. */
export function checkStated(invoice: StatedInvoice): readonly Issue[] {
  const { document } = invoice;
  return [...missing(document), ...checkClient(document), ...checkSizes(invoice)];
}

function missing(document: StatedDocument): readonly Issue[] {
  const issues: Issue[] = [];
  if (document.number === '' && document.status !== 'draft') {
    issues.push(issue('number', 'required'));
  }
  if (document.number.length > 60) issues.push(issue('number', 'too_long', { limit: 60 }));
  if (document.clientName === '' && document.clientEmail === '') {
    issues.push(issue('clientName', 'required'));
  }
  if (document.issueDate === null) issues.push(issue('issueDate', 'required'));
  return issues;
}

/** Beyond these limits amounts would not be exact any more. */
function checkSizes({ document, items }: StatedInvoice): readonly Issue[] {
  const sizes = items.map(({ quantity, unitPrice, amount, gross, taxAmount }) =>
    Math.max(
      ...[amount, gross, taxAmount].map((value) => Math.abs(value ?? 0)),
      // In hundredths of the major unit, which are no less than minor units.
      Math.abs(((quantity ?? 1_000) / 1_000) * ((unitPrice ?? 0) / 100)),
    ),
  );
  const { subtotal, taxTotal, total, amountPaid, balance } = document;
  const { discountAmount, shipping, adjustment } = document;
  const stated = [subtotal, taxTotal, total, amountPaid, balance, discountAmount];
  const amounts = [...stated, shipping, adjustment, sizes.reduce((sum, size) => sum + size, 0)];
  const isTooLarge =
    amounts.some((amount) => Math.abs(amount ?? 0) > MAX_AMOUNT) ||
    items.some((item) => Math.abs(item.quantity ?? 0) > MAX_QUANTITY) ||
    items.some((item) => Math.abs(item.unitPrice ?? 0) > MAX_UNIT_PRICE);
  return isTooLarge ? [issue('total', 'too_large')] : [];
}

/** The client is made from the invoice where the business has none: it has to be a valid one. */
function checkClient(document: StatedDocument): readonly Issue[] {
  if (document.clientName === '' && document.clientEmail === '') return [];
  const parsed = parseInput(clientInput, newClientOf(clientOf(document)));
  if (parsed.ok) return [];
  return parsed.error.map(({ field, code, params }) => {
    if (field === 'email') return issue('clientEmail', 'email_invalid');
    return issue(field === 'name' ? 'clientName' : fieldOfImport(field), code, params);
  });
}
