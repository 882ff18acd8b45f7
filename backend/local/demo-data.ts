/** What `--demo` creates, in the words of the REST contract. `daysAgo` counts from today. */

interface Tax {
  readonly name: string;
  readonly category: 'standard' | 'reduced';
  readonly rate: number;
}

export interface DemoProduct {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly unit_price: number;
  readonly tax: Tax;
}

interface DemoLine {
  readonly product: string;
  readonly quantity: number;
}

export interface DemoInvoice {
  readonly client: string;
  readonly lines: readonly DemoLine[];
  readonly daysAgo: number;
  readonly status: 'draft' | 'sent';
  /** The part of the total that was paid. */
  readonly paid?: 'half' | 'all';
}

export interface DemoBusiness {
  readonly email: string;
  readonly registration: {
    readonly name: string;
    readonly country: string;
    readonly time_zone: string;
  };
  readonly settings: Readonly<Record<string, unknown>>;
  readonly currency: string;
  readonly clients: readonly {
    readonly name: string;
    readonly email: string;
    readonly language: string;
    readonly postal_address: Readonly<Record<string, string>>;
  }[];
  readonly products: readonly DemoProduct[];
  readonly orders: readonly { readonly client: string; readonly lines: readonly DemoLine[] }[];
  readonly invoices: readonly DemoInvoice[];
}

function postalAddress(line1: string, postalCode: string, city: string, country: string) {
  return { line1, line2: '', postalCode, city, region: '', country };
}

const GERMAN: Tax = { name: 'USt.', category: 'standard', rate: 19 };
const GERMAN_REDUCED: Tax = { name: 'USt.', category: 'reduced', rate: 7 };
const BRITISH: Tax = { name: 'VAT', category: 'standard', rate: 20 };

export const DEMO_BUSINESSES: readonly DemoBusiness[] = [
  {
    email: 'kontor@doccentr.example',
    registration: { name: 'Kontor Nord', country: 'DE', time_zone: 'Europe/Berlin' },
    settings: {
      currency: 'EUR',
      address: postalAddress('Hafenstraße 1', '20457', 'Hamburg', 'DE'),
      terms: { kind: 'net_days', days: 14 },
      sendReceipts: true,
    },
    currency: 'EUR',
    clients: [
      {
        name: 'Beispiel Bau GmbH',
        email: 'rechnung@beispiel-bau.example',
        language: 'de',
        postal_address: postalAddress('Lange Straße 5', '28195', 'Bremen', 'DE'),
      },
      {
        name: 'Zażółć sp. z o.o.',
        email: 'faktury@zazolc.example',
        language: 'pl',
        postal_address: postalAddress('ul. Długa 3', '80-827', 'Gdańsk', 'PL'),
      },
      {
        name: 'Acme Ltd',
        email: 'accounts@acme.example',
        language: 'en',
        postal_address: postalAddress('1 High Street', 'LS1 1AA', 'Leeds', 'GB'),
      },
    ],
    products: [
      { code: 'BER', name: 'Beratung', unit: 'h', unit_price: 96.5, tax: GERMAN },
      { code: 'WAR', name: 'Wartung, monatlich', unit: '', unit_price: 249, tax: GERMAN },
      { code: 'HDB', name: 'Handbuch', unit: '', unit_price: 18.9, tax: GERMAN_REDUCED },
    ],
    orders: [
      {
        client: 'Beispiel Bau GmbH',
        lines: [
          { product: 'WAR', quantity: 12 },
          { product: 'HDB', quantity: 4 },
        ],
      },
      { client: 'Acme Ltd', lines: [{ product: 'BER', quantity: 40 }] },
    ],
    invoices: [
      {
        client: 'Beispiel Bau GmbH',
        lines: [{ product: 'BER', quantity: 7.5 }],
        daysAgo: 75,
        status: 'sent',
        paid: 'all',
      },
      {
        client: 'Zażółć sp. z o.o.',
        lines: [
          { product: 'BER', quantity: 3.25 },
          { product: 'HDB', quantity: 2 },
        ],
        daysAgo: 40,
        status: 'sent',
      },
      {
        client: 'Acme Ltd',
        lines: [{ product: 'WAR', quantity: 3 }],
        daysAgo: 10,
        status: 'sent',
        paid: 'half',
      },
      {
        client: 'Beispiel Bau GmbH',
        lines: [{ product: 'WAR', quantity: 1 }],
        daysAgo: 0,
        status: 'sent',
      },
      {
        client: 'Acme Ltd',
        lines: [{ product: 'BER', quantity: 12 }],
        daysAgo: 0,
        status: 'draft',
      },
    ],
  },
  {
    email: 'workshop@doccentr.example',
    registration: { name: 'Harbour Workshop', country: 'GB', time_zone: 'Europe/London' },
    settings: {
      currency: 'GBP',
      address: postalAddress('2 Quay Road', 'BS1 4XX', 'Bristol', 'GB'),
      terms: { kind: 'net_days', days: 30 },
    },
    currency: 'GBP',
    clients: [
      {
        name: 'Example Sailing Club',
        email: 'treasurer@sailing.example',
        language: 'en',
        postal_address: postalAddress('The Marina', 'PL1 3XX', 'Plymouth', 'GB'),
      },
      {
        name: 'Sample Boatyard Ltd',
        email: 'office@boatyard.example',
        language: 'en',
        postal_address: postalAddress('9 Slipway', 'SO14 2XX', 'Southampton', 'GB'),
      },
    ],
    products: [
      { code: 'REP', name: 'Repair', unit: 'h', unit_price: 62, tax: BRITISH },
      { code: 'VAR', name: 'Varnish, 5 l', unit: '', unit_price: 84.75, tax: BRITISH },
    ],
    orders: [
      {
        client: 'Sample Boatyard Ltd',
        lines: [
          { product: 'REP', quantity: 24 },
          { product: 'VAR', quantity: 6 },
        ],
      },
    ],
    invoices: [
      {
        client: 'Example Sailing Club',
        lines: [{ product: 'REP', quantity: 5.5 }],
        daysAgo: 50,
        status: 'sent',
        paid: 'all',
      },
      {
        client: 'Sample Boatyard Ltd',
        lines: [
          { product: 'REP', quantity: 8 },
          { product: 'VAR', quantity: 2 },
        ],
        daysAgo: 3,
        status: 'sent',
      },
    ],
  },
];
