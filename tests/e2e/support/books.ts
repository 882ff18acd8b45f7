import type { MethodInput } from '../../../src/shared/contracts/app-api';
import type { Client } from '../../../src/shared/domain/client';
import type { CurrencyCode } from '../../../src/shared/domain/currency';
import type { LineUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import type { Invoice } from '../../../src/shared/domain/invoice';
import type { LineItem } from '../../../src/shared/domain/line-item';
import type { TaxCode } from '../../../src/shared/domain/tax';
import { snapshotOf } from '../../../src/shared/domain/tax';
import type { Api } from './api';

/** A business with one tax, ready to write invoices. */
export async function openBooks(
  api: Api,
  own: Partial<MethodInput<'businesses.create'>> = {},
): Promise<void> {
  await api('businesses.create', {
    name: 'Ledger & Sons Ltd',
    country: 'GB',
    currency: 'GBP',
    terms: { kind: 'net_days', days: 30 },
    timeZone: 'Europe/London',
    tax: { name: 'VAT 20 %', rate: 20_000 },
    isDemo: false,
    ...own,
  });
}

export async function addClient(
  api: Api,
  name: string,
  own: Partial<MethodInput<'clients.create'>['client']> = {},
): Promise<Client> {
  const { client } = await api('clients.create', {
    client: {
      name,
      contactName: '',
      email: '',
      phone: '',
      address: {
        line1: '1 High Street',
        line2: '',
        postalCode: 'AB1 2CD',
        city: 'Sampletown',
        region: '',
        country: 'GB',
      },
      vatNumber: '',
      companyNumber: '',
      currency: null,
      language: null,
      formats: null,
      terms: null,
      taxCodeUid: null,
      remindersPaused: false,
      notes: '',
      ...own,
    },
  });
  return client;
}

/** The tax that the business charges. */
export async function usualTax(api: Api): Promise<TaxCode> {
  const codes = await api('taxCodes.list', {});
  const code = codes.find((candidate) => candidate.category === 'standard') ?? codes[0];
  if (!code) throw new Error('the business has no tax code');
  return code;
}

/** A line; `price` in ten-thousandths of the major unit. */
export function lineOf(
  tax: TaxCode,
  description: string,
  quantity: number,
  price: number,
): LineItem {
  return {
    uid: newUid<LineUid>(),
    productUid: null,
    description,
    unit: '',
    quantity: quantity * 1_000,
    unitPrice: price,
    discount: null,
    tax: snapshotOf(tax),
    sourceLineUid: null,
  };
}

/** A draft of one line for a client. */
export async function addDraft(
  api: Api,
  client: Client,
  lines: readonly LineItem[],
  own: { readonly currency?: CurrencyCode } = {},
): Promise<Invoice> {
  const blank = await api('invoices.blank', { clientUid: client.uid });
  return api('invoices.createDraft', { content: { ...blank, ...own, lines: [...lines] } });
}

/** An issued invoice of one line for a client. */
export async function addInvoice(
  api: Api,
  client: Client,
  lines: readonly LineItem[],
): Promise<Invoice> {
  const draft = await addDraft(api, client, lines);
  return api('invoices.finalise', { uid: draft.uid });
}
