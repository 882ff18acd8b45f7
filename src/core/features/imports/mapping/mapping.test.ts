import { describe, expect, it } from 'vitest';

import { checkMapping, suggestMapping } from './mapping';

describe('suggestMapping', () => {
  it.each([
    [
      'Firma|E-Mail|Straße|PLZ|Ort|Land|USt-IdNr.',
      'name email address1 postalCode city country vatNumber',
    ],
    [
      'Raison sociale|Courriel|Adresse|Code postal|Ville|Pays',
      'name email address1 postalCode city country',
    ],
    [
      'Razón social|Correo electrónico|Dirección|Código postal|Ciudad|País|NIF',
      'name email address1 postalCode city country vatNumber',
    ],
    [
      'Nazwa firmy|Adres e-mail|Ulica|Kod pocztowy|Miasto|Kraj|NIP',
      'name email address1 postalCode city country vatNumber',
    ],
    ['会社名|メールアドレス|住所|郵便番号', 'name email address1 postalCode'],
  ])('understands the headers of clients: %s', (headers, fields) => {
    const names = headers.split('|');
    const { mapping, preset } = suggestMapping('clients', names);
    expect(preset).toBeNull();
    expect(
      Object.entries(mapping)
        .sort((a, b) => a[1] - b[1])
        .map(([field]) => field),
    ).toEqual(fields.split(' '));
  });

  it('takes an amount beside quantities for the amount of the line', () => {
    const headers = ['Rechnungsnummer', 'Kunde', 'Datum', 'Menge', 'Einzelpreis', 'Betrag'];
    expect(suggestMapping('invoices', headers).mapping).toEqual({
      number: 0,
      clientName: 1,
      issueDate: 2,
      quantity: 3,
      unitPrice: 4,
      lineAmount: 5,
    });
    expect(
      suggestMapping('invoices', ['Rechnungsnummer', 'Kunde', 'Datum', 'Betrag']).mapping,
    ).toEqual({
      number: 0,
      clientName: 1,
      issueDate: 2,
      total: 3,
    });
  });

  it('follows a program chosen by hand as far as its headers are there', () => {
    const headers = ['InvoiceNumber', 'ContactName', 'InvoiceDate', 'Total'];
    expect(suggestMapping('invoices', headers, 'xero')).toEqual({
      preset: 'xero',
      mapping: { number: 0, clientName: 1, issueDate: 2, total: 3 },
    });
  });
});

describe('checkMapping', () => {
  it('names every field that is missing, unknown or without its column', () => {
    expect(checkMapping('invoices', { number: 0, clientName: 7, colour: 1 }, 3)).toEqual([
      { field: 'reading.mapping.clientName', code: 'column_unknown' },
      { field: 'reading.mapping.colour', code: 'unknown_field' },
      { field: 'reading.mapping.issueDate', code: 'required' },
    ]);
  });
});
