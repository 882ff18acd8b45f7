import { and, eq, sql } from 'drizzle-orm';

import type { InvoiceKind } from '../../../shared/domain/invoice';
import type { Settlement } from '../../../shared/domain/invoice-status';
import { prepared } from '../../replica/prepared';
import type { WriteScope } from '../../replica/replica';
import { clientSums, daySums, invoiceSums } from '../../replica/schema';

/** What the sums depend on, of one stored document. Amounts are unsigned; `kind` gives the sign. */
export interface SummedDocument {
  readonly kind: InvoiceKind;
  readonly settlement: Settlement;
  readonly isDeleted: boolean;
  readonly clientUid: string | null;
  readonly currency: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly net: number;
  readonly total: number;
  readonly balance: number;
}

interface DaySum {
  readonly figure: 'open' | 'net' | 'paid';
  readonly currency: string;
  readonly day: string;
  amount: number;
  count: number;
}

interface ClientSum {
  readonly clientUid: string;
  readonly currency: string;
  invoiced: number;
  balance: number;
}

interface InvoiceSum {
  readonly kind: string;
  readonly settlement: string;
  readonly currency: string;
  count: number;
  total: number;
  balance: number;
}

/**
 * Collects what documents and payments add to and take from the sums, so that a batch touches
 * each of them once. Belongs to one transaction; `apply` is its last step.
 */
export class SumChanges {
  readonly #days = new Map<string, DaySum>();
  readonly #clients = new Map<string, ClientSum>();
  readonly #invoices = new Map<string, InvoiceSum>();

  /** A document that was `before` (null: was not there) is now `after`. */
  document(before: SummedDocument | null, after: SummedDocument): void {
    if (before !== null) this.#add(before, -1);
    this.#add(after, 1);
  }

  /** A payment (negative: a refund or a reversal) was recorded. */
  payment(payment: { readonly currency: string; readonly date: string; readonly amount: number }) {
    this.#addDay('paid', payment.currency, payment.date, payment.amount, 1);
  }

  /** A payment is gone as if it had never been recorded: the cloud refused it. */
  withoutPayment({
    currency,
    date,
    amount,
  }: {
    readonly currency: string;
    readonly date: string;
    readonly amount: number;
  }) {
    this.#addDay('paid', currency, date, -amount, -1);
  }

  apply(scope: WriteScope): void {
    for (const sum of this.#days.values()) applyDay(scope, sum);
    for (const sum of this.#clients.values()) applyClient(scope, sum);
    for (const sum of this.#invoices.values()) applyInvoices(scope, sum);
    this.#days.clear();
    this.#clients.clear();
    this.#invoices.clear();
  }

  #add(document: SummedDocument, sign: 1 | -1): void {
    if (document.isDeleted) return;
    const { kind, currency, settlement } = document;
    const direction = kind === 'credit_note' ? -sign : sign;
    this.#addInvoices(
      kind,
      settlement,
      currency,
      sign,
      direction * document.total,
      sign * document.balance,
    );
    if (settlement === 'draft') return;
    this.#addDay('net', currency, document.issueDate, direction * document.net, sign);
    const isOpen = document.balance > 0;
    if (document.balance !== 0) {
      this.#addDay('open', currency, document.dueDate, sign * document.balance, isOpen ? sign : 0);
    }
    if (document.clientUid !== null) {
      this.#addClient(
        document.clientUid,
        currency,
        direction * document.total,
        sign * document.balance,
      );
    }
  }

  #addDay(figure: DaySum['figure'], currency: string, day: string, amount: number, count: number) {
    const key = `${figure} ${currency} ${day}`;
    const sum = this.#days.get(key);
    if (sum === undefined) this.#days.set(key, { figure, currency, day, amount, count });
    else {
      sum.amount += amount;
      sum.count += count;
    }
  }

  #addClient(clientUid: string, currency: string, invoiced: number, balance: number): void {
    const key = `${clientUid} ${currency}`;
    const sum = this.#clients.get(key);
    if (sum === undefined) this.#clients.set(key, { clientUid, currency, invoiced, balance });
    else {
      sum.invoiced += invoiced;
      sum.balance += balance;
    }
  }

  #addInvoices(
    kind: string,
    settlement: string,
    currency: string,
    count: number,
    total: number,
    balance: number,
  ): void {
    const key = `${kind} ${settlement} ${currency}`;
    const sum = this.#invoices.get(key);
    if (sum === undefined) {
      this.#invoices.set(key, { kind, settlement, currency, count, total, balance });
    } else {
      sum.count += count;
      sum.total += total;
      sum.balance += balance;
    }
  }
}

const addDay = prepared((db) =>
  db
    .insert(daySums)
    .values({
      figure: sql.placeholder('figure'),
      currency: sql.placeholder('currency'),
      day: sql.placeholder('day'),
      amount: sql.placeholder('amount'),
      count: sql.placeholder('count'),
    })
    .onConflictDoUpdate({
      target: [daySums.figure, daySums.currency, daySums.day],
      set: { amount: sql`amount + excluded.amount`, count: sql`count + excluded.count` },
    })
    .prepare(),
);

/** Sums of nothing go, so that a currency no longer used is no longer shown. */
const dropEmptyDay = prepared((db) =>
  db
    .delete(daySums)
    .where(
      and(
        eq(daySums.figure, sql.placeholder('figure')),
        eq(daySums.currency, sql.placeholder('currency')),
        eq(daySums.day, sql.placeholder('day')),
        eq(daySums.amount, 0),
        eq(daySums.count, 0),
      ),
    )
    .prepare(),
);

function applyDay(scope: WriteScope, sum: DaySum): void {
  if (sum.amount === 0 && sum.count === 0) return;
  addDay(scope.db).run({ ...sum });
  if (sum.amount <= 0 || sum.count <= 0) dropEmptyDay(scope.db).run({ ...sum });
}

const addClient = prepared((db) =>
  db
    .insert(clientSums)
    .values({
      clientUid: sql.placeholder('clientUid'),
      currency: sql.placeholder('currency'),
      invoiced: sql.placeholder('invoiced'),
      balance: sql.placeholder('balance'),
    })
    .onConflictDoUpdate({
      target: [clientSums.clientUid, clientSums.currency],
      set: {
        invoiced: sql`invoiced + excluded.invoiced`,
        balance: sql`balance + excluded.balance`,
      },
    })
    .prepare(),
);

function applyClient(scope: WriteScope, sum: ClientSum): void {
  if (sum.invoiced !== 0 || sum.balance !== 0) addClient(scope.db).run({ ...sum });
}

const addInvoices = prepared((db) =>
  db
    .insert(invoiceSums)
    .values({
      kind: sql.placeholder('kind'),
      settlement: sql.placeholder('settlement'),
      currency: sql.placeholder('currency'),
      count: sql.placeholder('count'),
      total: sql.placeholder('total'),
      balance: sql.placeholder('balance'),
    })
    .onConflictDoUpdate({
      target: [invoiceSums.kind, invoiceSums.settlement, invoiceSums.currency],
      set: {
        count: sql`count + excluded.count`,
        total: sql`total + excluded.total`,
        balance: sql`balance + excluded.balance`,
      },
    })
    .prepare(),
);

function applyInvoices(scope: WriteScope, sum: InvoiceSum): void {
  if (sum.count !== 0 || sum.total !== 0 || sum.balance !== 0)
    addInvoices(scope.db).run({ ...sum });
}
