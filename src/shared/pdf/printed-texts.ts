import type { FrozenDocument } from '../domain/frozen-document';
import type { Address } from '../domain/party';
import { localized } from '../domain/tax';

/** A text that a person wrote and the paper shows, with the path of its field. */
export interface PrintedText {
  readonly field: string;
  readonly text: string;
}

/** Every text of the document that comes from outside the renderer. */
export function printedTexts(document: FrozenDocument): readonly PrintedText[] {
  const { bankAccount, client, corrects, issued, seller } = document;
  const texts: PrintedText[] = [
    ...fieldsOf('', {
      buyerReference: document.buyerReference,
      orderNumber: document.orderNumber,
      paymentReference: document.paymentReference,
      notes: document.notes,
    }),
    ...fieldsOf('seller.', {
      name: seller.name,
      legalName: seller.legalName,
      vatNumber: seller.vatNumber,
      companyNumber: seller.companyNumber,
      email: seller.email,
      phone: seller.phone,
      website: seller.website,
    }),
    ...addressFields('seller.address.', seller.address),
    ...fieldsOf('client.', {
      name: client.name,
      contactName: client.contactName,
      vatNumber: client.vatNumber,
      companyNumber: client.companyNumber,
    }),
    ...addressFields('client.address.', client.address),
    ...(issued === null ? [] : fieldsOf('issued.', { number: issued.number })),
    ...(corrects === null ? [] : fieldsOf('corrects.', { number: corrects.number })),
    ...(bankAccount === null ? [] : fieldsOf('bankAccount.details.', bankAccount.details)),
  ];
  document.lines.forEach((line, index) => {
    texts.push(
      ...fieldsOf(`lines.${index}.`, {
        description: line.description,
        unit: line.unit,
        'tax.name': line.tax.name,
        'tax.reasons': localized(line.tax.reasons, document.language),
      }),
    );
  });
  return texts;
}

function addressFields(path: string, address: Address): readonly PrintedText[] {
  const { line1, line2, postalCode, city, region } = address;
  return fieldsOf(path, { line1, line2, postalCode, city, region });
}

function fieldsOf(path: string, fields: Readonly<Record<string, string>>): readonly PrintedText[] {
  return Object.entries(fields).map(([name, text]) => ({ field: `${path}${name}`, text }));
}
