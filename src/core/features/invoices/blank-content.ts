import type { Business } from '../../../shared/domain/business';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { addDays, daysBetween } from '../../../shared/domain/calendar-date';
import type { Client } from '../../../shared/domain/client';
import { bankAccountFor } from '../../../shared/domain/freeze';
import type { LineUid } from '../../../shared/domain/ids';
import { newUid } from '../../../shared/domain/ids';
import type { DocumentContent, Invoice } from '../../../shared/domain/invoice';
import { dueDateFor } from '../../../shared/domain/payment-terms';

/** What a new document starts with: the client's settings, else those of the business. */
export function blankContent(
  business: Business,
  client: Client | null,
  today: CalendarDate,
): DocumentContent {
  const currency = client?.currency ?? business.currency;
  const terms = client?.terms ?? business.terms;
  return {
    clientUid: client?.uid ?? null,
    currency,
    exchangeRate: null,
    issueDate: today,
    terms,
    dueDate: dueDateFor(today, terms),
    supply: null,
    buyerReference: '',
    notes: business.notes,
    paymentReference: '',
    language: client?.language ?? business.language,
    formats: client?.formats ?? business.formats,
    pricesIncludeTax: business.pricesIncludeTax,
    discount: null,
    bankAccountUid: bankAccountFor(business, currency),
    lines: [],
  };
}

/**
 * The content of a new invoice made after another document, dated today. What belongs to that one
 * occasion (dates of supply, exchange rate, payment reference, links to an order) stays behind.
 */
export function copiedContent(
  source: Invoice,
  business: Business,
  client: Client | null,
  today: CalendarDate,
): DocumentContent {
  const { content } = source;
  // A credit note has no terms of its own.
  const terms = source.kind === 'credit_note' ? (client?.terms ?? business.terms) : content.terms;
  const days = Math.max(0, daysBetween(content.issueDate, content.dueDate));
  const hasAccount = business.bankAccounts.some(
    ({ uid, currency }) => uid === content.bankAccountUid && currency === content.currency,
  );
  return {
    ...content,
    clientUid: client === null || client.deletedAt !== null ? null : client.uid,
    issueDate: today,
    terms,
    dueDate: terms === null ? addDays(today, days) : dueDateFor(today, terms),
    supply: null,
    exchangeRate: null,
    paymentReference: '',
    bankAccountUid: hasAccount
      ? content.bankAccountUid
      : bankAccountFor(business, content.currency),
    lines: content.lines.map((line) => ({
      ...line,
      uid: newUid<LineUid>(),
      sourceLineUid: null,
    })),
  };
}
