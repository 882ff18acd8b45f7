import type { FrozenDocument } from '../domain/frozen-document';

const LARGEST_AMOUNT = 999_999_999_99;
const MOST_BYTES = 331;
const NAME_CHARACTERS = 70;
const REFERENCE_CHARACTERS = 140;
const CREDITOR_REFERENCE = /^RF\d{2}[A-Z0-9]{1,21}$/;

/**
 * What a banking app reads from the code of an invoice (EPC069-12, version 002): a SEPA credit
 * transfer in euro. Null where none can be made: another currency, no IBAN, nothing to pay, a
 * credit note, a draft.
 */
export function epcPayload(document: FrozenDocument): string | null {
  const { bankAccount, currency, issued, kind, paymentReference, seller, totals } = document;
  if (kind !== 'invoice' || issued === null || currency !== 'EUR') return null;
  if (bankAccount?.details.kind !== 'iban') return null;
  if (totals.total < 1 || totals.total > LARGEST_AMOUNT) return null;
  const { bic, holder, iban } = bankAccount.details;
  const name = firstNonEmpty(holder, seller.legalName, seller.name);
  const euros = `${Math.floor(totals.total / 100)}.${String(totals.total % 100).padStart(2, '0')}`;
  const reference = oneLine(paymentReference);
  const creditorReference = reference.replaceAll(' ', '').toUpperCase();
  const isStructured = CREDITOR_REFERENCE.test(creditorReference);
  const payload = [
    'BCD',
    '002',
    '1', // UTF-8
    'SCT',
    bic.replaceAll(' ', ''),
    characters(oneLine(name), NAME_CHARACTERS),
    iban.replaceAll(' ', ''),
    `EUR${euros}`,
    '', // purpose
    isStructured ? creditorReference : '',
    isStructured ? '' : characters(reference, REFERENCE_CHARACTERS),
  ].join('\n');
  const trimmed = payload.replace(/\n+$/, '');
  return utf8(trimmed).length <= MOST_BYTES ? trimmed : null;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function characters(text: string, most: number): string {
  return [...text].slice(0, most).join('');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function firstNonEmpty(...texts: readonly string[]): string {
  return texts.find((text) => text !== '') ?? '';
}
