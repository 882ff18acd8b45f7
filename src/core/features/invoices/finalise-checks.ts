import { and, between, desc, eq, isNotNull, lt, ne, or, sql } from 'drizzle-orm';

import type { Business } from '../../../shared/domain/business';
import type { CalendarDate } from '../../../shared/domain/calendar-date';
import { addDays, calendarDate } from '../../../shared/domain/calendar-date';
import type { Client } from '../../../shared/domain/client';
import { checkCreditNote } from '../../../shared/domain/credit-rules';
import type { DuplicateCandidate, FinaliseFindings } from '../../../shared/domain/document-rules';
import { checkFinalise } from '../../../shared/domain/document-rules';
import type { FrozenDocument } from '../../../shared/domain/frozen-document';
import { invoice as invoiceSchema } from '../../../shared/domain/invoice';
import type { Invoice } from '../../../shared/domain/invoice';
import type { Issue } from '../../../shared/domain/result';
import { issue } from '../../../shared/domain/result';
import type { PdfRenderer } from '../../../shared/pdf/renderer';
import type { TakenNumber } from '../../numbering/take-number';
import { prepared } from '../../replica/prepared';
import type { ReadScope } from '../../replica/replica';
import { invoices } from '../../replica/schema';
import { progressOfOrder } from '../orders/order-progress';
import { findOrder } from '../orders/order-repository';
import { findCreditNotes, findInvoice } from './invoice-repository';

/** What finalising looks at. */
export interface FinaliseSubject {
  readonly invoice: Invoice;
  readonly business: Business;
  readonly client: Client | null;
  readonly today: CalendarDate;
  /** The number that it gets. */
  readonly taken: TakenNumber;
  /** The paper as it would be printed. */
  readonly frozen: FrozenDocument;
}

/** Everything that stands in the way of finalising, and everything worth a second look. */
export function findingsOf(
  scope: ReadScope,
  subject: FinaliseSubject,
  renderer: PdfRenderer,
): FinaliseFindings {
  const { invoice, business, client, today, taken } = subject;
  const { blockers, warnings } = checkFinalise({
    uid: invoice.uid,
    kind: invoice.kind,
    content: invoice.content,
    business,
    today,
    previous: previousDocument(scope, taken),
    others: possibleDuplicates(scope, invoice),
  });
  return {
    blockers: [
      ...blockers,
      ...clientBlockers(invoice, client),
      ...creditBlockers(scope, invoice),
      ...missingCharacters(renderer, subject.frozen),
    ],
    warnings: [
      ...warnings,
      ...addressWarnings(business, client),
      ...taxNumberWarnings(invoice, business),
      ...orderWarnings(scope, invoice),
    ],
  };
}

function clientBlockers(invoice: Invoice, client: Client | null): readonly Issue[] {
  if (invoice.content.clientUid === null) return [];
  if (client === null) return [issue('clientUid', 'client_unknown')];
  return client.deletedAt === null ? [] : [issue('clientUid', 'client_deleted')];
}

function creditBlockers(scope: ReadScope, invoice: Invoice): readonly Issue[] {
  if (invoice.kind !== 'credit_note' || invoice.correctsUid === null) return [];
  const corrected = findInvoice(scope, invoice.correctsUid);
  if (corrected === null) return [issue('correctsUid', 'invoice_unknown')];
  const others = findCreditNotes(scope, invoice.correctsUid)
    .map((stored) => stored.invoice)
    .filter((other) => other.uid !== invoice.uid && other.finalisedAt !== null);
  return checkCreditNote(corrected.invoice, others, invoice);
}

/** Characters that no bundled font has would be missing on paper. */
function missingCharacters(renderer: PdfRenderer, frozen: FrozenDocument): readonly Issue[] {
  return renderer
    .missingCharacters(frozen)
    .map(({ field, characters }) =>
      issue(field, 'characters_not_printable', { characters: characters.join(' ') }),
    );
}

/** Most tax offices want both addresses on an invoice. */
function addressWarnings(business: Business, client: Client | null): readonly Issue[] {
  const warnings: Issue[] = [];
  if (!hasAddress(business.address)) warnings.push(issue('business.address', 'address_missing'));
  if (client !== null && !hasAddress(client.address)) {
    warnings.push(issue('client.address', 'client_address_missing'));
  }
  return warnings;
}

function hasAddress(address: Business['address']): boolean {
  return address.line1 !== '' || address.city !== '';
}

function taxNumberWarnings(invoice: Invoice, business: Business): readonly Issue[] {
  return invoice.totals.tax !== 0 && business.vatNumber === ''
    ? [issue('business.vatNumber', 'vat_number_missing')]
    : [];
}

/** Lines that go beyond what was ordered. */
function orderWarnings(scope: ReadScope, invoice: Invoice): readonly Issue[] {
  const order = invoice.orderUid === null ? null : findOrder(scope, invoice.orderUid);
  if (order === null || invoice.kind !== 'invoice') return [];
  const exceeded = new Map(
    progressOfOrder(scope, order)
      .map((line) => {
        const sign = line.ordered < 0 ? -1 : 1;
        return [line.lineUid, sign * (line.invoiced + line.reserved - line.ordered)] as const;
      })
      .filter(([, beyond]) => beyond > 0),
  );
  return invoice.content.lines.flatMap((line, index) => {
    const beyond = line.sourceLineUid === null ? undefined : exceeded.get(line.sourceLineUid);
    return beyond === undefined
      ? []
      : [issue(`lines.${index}.quantity`, 'order_exceeded', { quantity: beyond })];
  });
}

const previousOf = prepared((db) =>
  db
    .select({ number: invoices.number, issueDate: invoices.issueDate })
    .from(invoices)
    .where(
      and(
        eq(invoices.seriesUid, sql.placeholder('seriesUid')),
        eq(invoices.period, sql.placeholder('period')),
        lt(invoices.sequence, sql.placeholder('sequence')),
      ),
    )
    .orderBy(desc(invoices.sequence))
    .limit(1)
    .prepare(),
);

function previousDocument(
  scope: ReadScope,
  { seriesUid, period, sequence }: TakenNumber,
): { readonly number: string; readonly issueDate: CalendarDate } | null {
  const row = previousOf(scope.db).get({ seriesUid, period, sequence });
  if (row === undefined || row.number === null) return null;
  return { number: row.number, issueDate: calendarDate.parse(row.issueDate) };
}

const DUPLICATE_DAYS = 30;
const MOST_DUPLICATES = 5;

const duplicatesOf = prepared((db) =>
  db
    .select({
      uid: invoices.uid,
      kind: invoices.kind,
      number: invoices.number,
      clientUid: invoices.clientUid,
      currency: invoices.currency,
      total: invoices.total,
      issueDate: invoices.issueDate,
      buyerReference: invoices.buyerReference,
    })
    .from(invoices)
    .where(
      and(
        eq(invoices.clientUid, sql.placeholder('clientUid')),
        sql`${invoices.deletedAt} IS NULL`,
        eq(invoices.kind, 'invoice'),
        isNotNull(invoices.finalisedAt),
        // What was taken back may be issued again.
        ne(invoices.settlement, 'credited'),
        ne(invoices.uid, sql.placeholder('uid')),
        or(
          and(
            eq(invoices.total, sql.placeholder('total')),
            between(invoices.issueDate, sql.placeholder('from'), sql.placeholder('to')),
          ),
          sql`(${invoices.buyerReference} <> '' AND upper(${invoices.buyerReference}) = upper(${sql.placeholder('reference')}))`,
        ),
      ),
    )
    .orderBy(desc(invoices.issueDate))
    .limit(MOST_DUPLICATES)
    .prepare(),
);

const candidate = invoiceSchema.pick({ uid: true, kind: true, number: true });

/** Finalised invoices of the same client that `isDuplicateOf` may find too much alike. */
function possibleDuplicates(scope: ReadScope, invoice: Invoice): readonly DuplicateCandidate[] {
  const { content } = invoice;
  if (content.clientUid === null) return [];
  const rows = duplicatesOf(scope.db).all({
    clientUid: content.clientUid,
    uid: invoice.uid,
    total: invoice.totals.total,
    from: addDays(content.issueDate, -DUPLICATE_DAYS),
    to: addDays(content.issueDate, DUPLICATE_DAYS),
    reference: content.buyerReference,
  });
  return rows.map((row) => ({
    ...candidate.parse(row),
    clientUid: content.clientUid,
    currency: row.currency as DuplicateCandidate['currency'],
    total: row.total as DuplicateCandidate['total'],
    issueDate: calendarDate.parse(row.issueDate),
    buyerReference: row.buyerReference,
  }));
}
