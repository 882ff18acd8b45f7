import type { Business } from '../../src/shared/domain/business';
import { addDays, calendarDate } from '../../src/shared/domain/calendar-date';
import { currencyCode } from '../../src/shared/domain/currency';
import type { ClientUid, LineUid, PaymentUid } from '../../src/shared/domain/ids';
import { newUid } from '../../src/shared/domain/ids';
import type { DocumentContent } from '../../src/shared/domain/invoice';
import type { LineItem } from '../../src/shared/domain/line-item';
import type { TaxCode } from '../../src/shared/domain/tax';
import { snapshotOf } from '../../src/shared/domain/tax';
import { randomNumbers } from './statistics';

/** A client of the made-up business. */
export interface MadeUpClient {
  readonly uid: ClientUid;
  readonly name: string;
  readonly email: string;
}

/** What is known of an invoice before the core gets it. */
export interface MadeUpInvoice {
  readonly content: DocumentContent;
  readonly clientName: string;
  /** Null for a draft. */
  readonly number: string | null;
  /** Part of the total that was paid: 0, 0.5 or 1. */
  readonly paidPart: number;
  readonly paymentUid: PaymentUid;
}

const LAST_DAY = calendarDate.parse('2026-11-20');
const DAYS = 3 * 365;
const SYLLABLES =
  'ba be do du ka ki lo lu ma mi no nu ra re sa so ta ti va vo za zó łe że ść ón'.split(' ');
const NAMES = ['東京カメラ株式会社', 'Αθήνα Βιβλία', 'Müller & Söhne', 'Ćwikła sp. z o.o.'];
const THINGS =
  'consulting design hosting support licence annual monthly server storage backup training workshop travel expenses printing paper toner desk chair lamp cable adapter screen keyboard phone'.split(
    ' ',
  );
const CURRENCIES = ['EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'USD', 'GBP', 'PLN', 'JPY'].map(
  (code) => currencyCode.parse(code),
);

export function madeUpClients(count: number): readonly MadeUpClient[] {
  const random = randomNumbers(11);
  return Array.from({ length: count }, (_, index) => {
    const name =
      index % 25 === 0
        ? `${NAMES[(index / 25) % NAMES.length] ?? ''} ${index}`
        : `${word(random)} ${word(random)} Ltd`;
    return { uid: newUid<ClientUid>(), name, email: `office${index}@client.example` };
  });
}

function word(random: () => number): string {
  const syllables = [0, 1, 2].map(() => SYLLABLES[Math.floor(random() * SYLLABLES.length)]);
  const text = syllables.join('');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Invoices of three lines over three years, most of them paid, some overdue, few drafts. */
export function* madeUpInvoices(
  count: number,
  business: Business,
  clients: readonly MadeUpClient[],
  taxCodes: readonly TaxCode[],
): Generator<MadeUpInvoice> {
  const random = randomNumbers(7);
  const taxes = taxCodes.map(snapshotOf);
  for (let index = 0; index < count; index += 1) {
    const client = clients[Math.floor(random() * clients.length)];
    const currency = CURRENCIES[Math.floor(random() * CURRENCIES.length)];
    if (client === undefined || currency === undefined) throw new Error('nothing to choose from');
    const age = Math.floor(((count - index) / count) * DAYS);
    const issueDate = addDays(LAST_DAY, -age);
    const chance = random();
    const isDraft = age < 30 && chance < 0.3;
    const lines = [0, 1, 2].map((): LineItem => {
      const tax = taxes[Math.floor(random() * taxes.length)];
      if (tax === undefined) throw new Error('a business without tax codes');
      return {
        uid: newUid<LineUid>(),
        productUid: null,
        description: `${pick(THINGS, random)} ${pick(THINGS, random)} ${Math.floor(random() * 1_000)}`,
        unit: 'h',
        quantity: 1_000 + Math.floor(random() * 20) * 500,
        unitPrice: 10_000 + Math.floor(random() * 2_000_000),
        discount: null,
        tax,
        sourceLineUid: null,
      };
    });
    yield {
      content: {
        clientUid: client.uid,
        currency,
        exchangeRate: null,
        issueDate,
        terms: { kind: 'net_days', days: 30 },
        dueDate: addDays(issueDate, 30),
        supply: null,
        buyerReference: chance < 0.3 ? `PO ${Math.floor(random() * 1_000_000)}` : '',
        notes: '',
        paymentReference: '',
        language: business.language,
        formats: business.formats,
        pricesIncludeTax: false,
        discount: null,
        bankAccountUid: null,
        lines,
      },
      clientName: client.name,
      number: isDraft ? null : `INV-${issueDate.slice(0, 4)}-${String(index + 1).padStart(6, '0')}`,
      paidPart: paidPart(age, chance),
      paymentUid: newUid<PaymentUid>(),
    };
  }
}

function paidPart(age: number, chance: number): number {
  if (age < 25) return 0;
  if (chance < 0.04) return 0;
  return chance < 0.06 ? 0.5 : 1;
}

function pick(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? '';
}
