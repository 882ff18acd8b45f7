import type { Business } from './business';
import type { CurrencyCode } from './currency';
import type { Client } from './client';
import type { FrozenDocument } from './frozen-document';
import type { BankAccountUid } from './ids';
import type { Invoice } from './invoice';
import { computeTotals } from './totals';

/** What of a business stands on paper. */
export type FrozenBusiness = Pick<
  Business,
  | 'uid'
  | 'name'
  | 'legalName'
  | 'address'
  | 'vatNumber'
  | 'companyNumber'
  | 'email'
  | 'phone'
  | 'website'
  | 'logo'
  | 'paper'
  | 'currency'
  | 'bankAccounts'
>;

/** What of a client stands on paper. */
export type FrozenClient = Pick<
  Client,
  'name' | 'contactName' | 'address' | 'vatNumber' | 'companyNumber' | 'email'
>;

/** Everything that goes onto the paper of one document. */
export interface FreezeInput {
  readonly business: FrozenBusiness;
  /** Null prints an empty client block, which only a draft may have. */
  readonly client: FrozenClient | null;
  readonly invoice: Pick<Invoice, 'uid' | 'kind' | 'content' | 'orderUid'>;
  readonly orderNumber: string;
  readonly corrects: FrozenDocument['corrects'];
  /** Null for a draft. */
  readonly issued: FrozenDocument['issued'];
  /** Who will print it, and with which fonts. */
  readonly renderer: { readonly version: string; readonly fontSet: string };
}

/**
 * Builds the complete input of the paper (DOMAIN 3). Nothing in it refers to a record that may
 * change later.
 */
export function freeze(input: FreezeInput): FrozenDocument {
  const { business, invoice, issued } = input;
  const { content } = invoice;
  return {
    format: 1,
    rendererVersion: input.renderer.version,
    template: 'standard',
    fontSet: input.renderer.fontSet,
    businessUid: business.uid,
    invoiceUid: invoice.uid,
    clientUid: content.clientUid,
    orderUid: invoice.orderUid,
    kind: invoice.kind,
    issued,
    corrects: input.corrects,
    language: content.language,
    formats: content.formats,
    paper: business.paper,
    seller: sellerBlock(business),
    logo: business.logo,
    client: clientBlock(input.client, business),
    issueDate: content.issueDate,
    dueDate: content.dueDate,
    terms: content.terms,
    supply: content.supply,
    buyerReference: content.buyerReference,
    orderNumber: input.orderNumber,
    paymentReference: content.paymentReference || (issued?.number ?? ''),
    notes: content.notes,
    currency: content.currency,
    exchangeRate: content.currency === business.currency ? null : content.exchangeRate,
    pricesIncludeTax: content.pricesIncludeTax,
    discount: content.discount,
    lines: content.lines,
    totals: computeTotals(content),
    bankAccount: business.bankAccounts.find(({ uid }) => uid === content.bankAccountUid) ?? null,
  };
}

function sellerBlock(business: FrozenBusiness): FrozenDocument['seller'] {
  const { name, legalName, address, vatNumber, companyNumber, email, phone, website } = business;
  return { name, legalName, address, vatNumber, companyNumber, email, phone, website };
}

function clientBlock(
  client: FrozenClient | null,
  business: FrozenBusiness,
): FrozenDocument['client'] {
  if (client === null) {
    return {
      name: '',
      contactName: '',
      address: {
        line1: '',
        line2: '',
        postalCode: '',
        city: '',
        region: '',
        country: business.address.country,
      },
      vatNumber: '',
      companyNumber: '',
      email: '',
    };
  }
  const { name, contactName, address, vatNumber, companyNumber, email } = client;
  return { name, contactName, address, vatNumber, companyNumber, email };
}

/** Where the money of documents in a currency goes: the first account in it, if any. */
export function bankAccountFor(
  business: Pick<Business, 'bankAccounts'>,
  currency: CurrencyCode,
): BankAccountUid | null {
  return business.bankAccounts.find((account) => account.currency === currency)?.uid ?? null;
}
