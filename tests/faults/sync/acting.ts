import type { BusinessContext } from '../../../src/core/context';
import { clientUseCases } from '../../../src/core/features/clients/client-use-cases';
import { invoiceUseCases } from '../../../src/core/features/invoices/invoice-use-cases';
import type { HandlersOf } from '../../../src/core/host/handlers';
import { adapterOf } from '../../../src/core/sync/adapters';
import type { SyncMethod } from '../../../src/core/sync/sync-handlers';
import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import type { ClientUid, InvoiceUid } from '../../../src/shared/domain/ids';
import type { Invoice } from '../../../src/shared/domain/invoice';
import type { Result } from '../../../src/shared/domain/result';
import type { EditLog } from './edit-log';
import type { Happening } from './fault-plan';

/** What a person did and was told that it is done: it may not get lost from here on. */
export interface Deed {
  readonly collection: 'clients' | 'products' | 'orders' | 'invoices' | 'payments' | 'sends';
  readonly uid: string;
  readonly device: string;
  /** Of what was finalised: what the paper says. */
  readonly issued?: { readonly number: string; readonly sha256: string | null };
  /** Of a payment: what was recorded. */
  readonly amount?: number;
}

export interface Acting {
  readonly context: BusinessContext;
  /** What a person decides about sync. */
  readonly sync: HandlersOf<SyncMethod>;
  readonly device: string;
  readonly pick: number;
  readonly edits: EditLog;
  readonly did: (deed: Deed) => void;
  readonly happened: (what: Happening) => void;
  /**
   * A person took it back, with every word that he saw in it: it may be gone, or back by what others
   * did with it.
   */
  readonly deleted: (record: { readonly uid: string }) => void;
}

type Outcome<T> = Result<T, unknown> | Promise<Result<T, unknown>>;

/** Answers the value; null when the app refused, which is its right. */
export async function value<T>(outcome: Outcome<T>): Promise<T | null> {
  const result = await outcome;
  return result.ok ? result.value : null;
}

export function pickFrom<T>(all: readonly T[], pick: number): T | null {
  return all.length === 0 ? null : (all[pick % all.length] ?? null);
}

export function uidsOf(context: BusinessContext, collection: SyncCollection): readonly string[] {
  return context.replica.read((scope) => adapterOf(collection).uids(scope));
}

export async function someClient({ context, pick }: Acting) {
  const uid = pickFrom(uidsOf(context, 'clients'), pick);
  return uid === null
    ? null
    : await value(clientUseCases['clients.get'](context, { uid: uid as ClientUid }));
}

async function invoicesOf(
  { context }: Acting,
  fits: (invoice: Invoice) => boolean,
): Promise<readonly Invoice[]> {
  const found: Invoice[] = [];
  for (const uid of uidsOf(context, 'invoices')) {
    const view = await value(invoiceUseCases['invoices.get'](context, { uid: uid as InvoiceUid }));
    if (view !== null && fits(view.invoice)) found.push(view.invoice);
  }
  return found;
}

export async function someDraft(acting: Acting): Promise<Invoice | null> {
  return pickFrom(await invoicesOf(acting, (one) => one.finalisedAt === null), acting.pick);
}

export async function someIssued(acting: Acting): Promise<Invoice | null> {
  const issued = await invoicesOf(
    acting,
    (one) => one.finalisedAt !== null && one.kind === 'invoice',
  );
  return pickFrom(issued, acting.pick);
}

/** What a person does, by its name. */
export type Actors = Readonly<Record<string, (acting: Acting) => Promise<void>>>;
