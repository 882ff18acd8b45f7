import type { EventData, EventName } from '../../../../src/shared/contracts/events/events';
import type { BusinessUid, InvoiceUid } from '../../../../src/shared/domain/ids';
import type { LineItem } from '../../../../src/shared/domain/line-item';
import type { Transaction } from '../../../kit/database/database';
import type { ToldEvent } from '../../../kit/sync/publish-records';
import type { InvoiceRow, PaymentRow, SendRow } from './rows';

/** The paper of a document that devices may have now. */
export interface NotedPaper {
  readonly uid: InvoiceUid;
  readonly sha256: string;
}

/** What a transaction has changed of a business, to be told to its devices before the commit. */
export interface TenantChanges {
  readonly invoices: Map<InvoiceUid, InvoiceRow>;
  /** By the invoice's id, where the transaction has them at hand. */
  readonly lines: Map<number, readonly LineItem[]>;
  readonly payments: Map<string, PaymentRow>;
  /** Null where only what happened to it has changed. */
  readonly sends: Map<string, SendRow | null>;
  readonly papers: Map<InvoiceUid, NotedPaper>;
  readonly events: ToldEvent[];
}

export type Changes = Map<BusinessUid, TenantChanges>;

const collected = new WeakMap<Transaction, Changes>();

/** Runs `work`, and hands over all that repositories noted in it. */
export async function collectChanges<T>(
  transaction: Transaction,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly changes: Changes }> {
  const changes: Changes = new Map();
  collected.set(transaction, changes);
  try {
    return { result: await work(), changes };
  } finally {
    collected.delete(transaction);
  }
}

function changesOf(transaction: Transaction, tenant: BusinessUid): TenantChanges {
  const changes = collected.get(transaction);
  if (changes === undefined) throw new Error('a change that no device would be told of');
  let own = changes.get(tenant);
  if (own === undefined) {
    own = {
      invoices: new Map(),
      lines: new Map(),
      payments: new Map(),
      sends: new Map(),
      papers: new Map(),
      events: [],
    };
    changes.set(tenant, own);
  }
  return own;
}

export function noteInvoice(transaction: Transaction, row: InvoiceRow): void {
  changesOf(transaction, row.tenant).invoices.set(row.uid, row);
}

export function noteLines(
  transaction: Transaction,
  tenant: BusinessUid,
  invoiceId: number,
  lines: readonly LineItem[],
): void {
  changesOf(transaction, tenant).lines.set(invoiceId, lines);
}

export function notePayment(transaction: Transaction, row: PaymentRow): void {
  changesOf(transaction, row.tenant).payments.set(row.uid, row);
}

/** `row` is null where its timeline alone has changed. */
export function noteSend(
  transaction: Transaction,
  tenant: BusinessUid,
  sendUid: string,
  row: SendRow | null,
): void {
  const { sends } = changesOf(transaction, tenant);
  sends.set(sendUid, row ?? sends.get(sendUid) ?? null);
}

export function notePaper(transaction: Transaction, tenant: BusinessUid, paper: NotedPaper): void {
  changesOf(transaction, tenant).papers.set(paper.uid, paper);
}

/** Tells other services, along with what devices are told. */
export function noteEvent<N extends EventName>(
  transaction: Transaction,
  tenant: BusinessUid,
  name: N,
  data: EventData<N>,
): void {
  changesOf(transaction, tenant).events.push({ name, data } as ToldEvent);
}
