import type { PermittedMail } from '../../../../../src/shared/contracts/internal/mail-permit';
import { permittedMail } from '../../../../../src/shared/contracts/internal/mail-permit';

/** A mail as the invoices service permits one, in English on an invoice. */
export function permitted(fields: Partial<PermittedMail> = {}): PermittedMail {
  return permittedMail.parse({
    to: ['accounts@example.org'],
    language: 'en',
    formats: 'en-GB',
    kind: 'invoice',
    document_kind: 'invoice',
    invoice_id: 7,
    invoice_uid: '01890000-0000-7000-8000-000000000011',
    number: 'INV-2026-0001',
    client_name: 'Acme GmbH',
    business_name: 'Northwind Studio',
    reply_to: 'billing@example.com',
    subject: '',
    body: '',
    total: 2_118_00,
    balance: 1_118_00,
    currency: 'EUR',
    issue_date: '2026-03-03',
    due_date: '2026-04-02',
    document: null,
    reminder_step: null,
    ...fields,
  });
}
