import type { MethodName } from '../shared/contracts/app-api';
import type { CoreEvent } from '../shared/contracts/core-protocol';
import { err } from '../shared/domain/result';
import { Account } from './account/account';
import { accountHandlers, type AccountMethod } from './account/account-handlers';
import { businessUseCases } from './businesses/business-use-cases';
import { Session } from './businesses/session';
import { sessionHandlers, type SessionMethod } from './businesses/session-handlers';
import { isDamage } from './businesses/set-aside';
import type { UseCase, UseCases } from './context';
import { clientUseCases } from './features/clients/client-use-cases';
import { importUseCases } from './features/imports/import-use-cases';
import { bringBackIssued } from './features/invoices/bring-back';
import { invoiceUseCases } from './features/invoices/invoice-use-cases';
import { orderUseCases } from './features/orders/order-use-cases';
import { paymentUseCases } from './features/payments/payment-use-cases';
import { productUseCases } from './features/products/product-use-cases';
import { reportUseCases } from './features/reports/report-use-cases';
import { sendUseCases } from './features/sends/send-use-cases';
import { taxCodeUseCases } from './features/settings/tax-code-use-cases';
import type { App, AppOptions, Handler, Handlers } from './host/handlers';
import { LedgerDamage } from './numbering/ledger';
import { seriesUseCases } from './numbering/series-use-cases';
import { loadPdfRenderer } from './pdf/load-renderer';
import { fetchPaper } from './sync/fetch-paper';
import { syncHandlers, type SyncMethod } from './sync/sync-handlers';
import { SyncHost } from './sync/sync-host';

/** Every use case of an open business, by feature. */
const useCases = {
  ...businessUseCases,
  ...seriesUseCases,
  ...clientUseCases,
  ...productUseCases,
  ...taxCodeUseCases,
  ...invoiceUseCases,
  ...orderUseCases,
  ...paymentUseCases,
  ...reportUseCases,
  ...sendUseCases,
  ...importUseCases,
} satisfies UseCases<Exclude<MethodName, SessionMethod | AccountMethod | SyncMethod>>;

/** Starts the local application and opens the business that was open last. */
export async function createApp(options: AppOptions): Promise<App> {
  const { dataDirectory } = options;
  /** What the pages are told, sync hears as well. */
  function emit(event: CoreEvent): void {
    options.emit(event);
    host.hear(event);
  }
  const now = options.now ?? (() => new Date());
  const session = new Session({
    dataDirectory,
    now,
    emit,
    pdfRenderer: once(options.loadRenderer ?? loadPdfRenderer),
    fetchPaper: async (context, uid, sha256) =>
      await fetchPaper(context, await account, uid, sha256),
    bringBack: bringBackIssued,
    checkpointThread: options.checkpointThread,
  });
  // Not waited for: reading the tokens can take a keychain's password, the books open without.
  const account = Account.open({
    dataDirectory,
    platform: options.platform,
    cloudUrl: options.cloudUrl,
    developmentCloud: options.developmentCloud,
    onChange: () => emit({ event: 'app_state' }),
    onFailedCall: (failed) => host.noteFailedCall(failed),
  });
  const host = new SyncHost({
    session,
    account: () => account,
    emit: options.emit,
    now,
    onFailedCall: options.onFailedCall ?? (() => undefined),
  });
  const handlers: Record<string, unknown> = {
    ...sessionHandlers(session, { dataDirectory, now, emit: options.emit }),
    ...accountHandlers({ account, session }),
    ...syncHandlers({ session, account, host }),
  };
  for (const [name, useCase] of Object.entries(useCases)) {
    handlers[name] = withBusiness(session, useCase);
  }
  await session.resume();
  return {
    // The compiler checks the names above; one record per method cannot be typed in a loop.
    handlers: handlers as Handlers,
    close: () => {
      host.stop();
      return Promise.resolve(session.close());
    },
  };
}

/** Runs a use case on the open business; damage found on the way sets the replica aside. */
function withBusiness(session: Session, useCase: UseCase<MethodName>): Handler<MethodName> {
  return async (input) => {
    const { context } = session;
    if (context === null) return err({ kind: 'no_business' });
    try {
      return await useCase(context, input);
    } catch (error) {
      // Another business was opened while this one's work waited for something.
      if (session.context !== context) return err({ kind: 'no_business' });
      if (error instanceof LedgerDamage) session.reportLedgerDamage();
      else if (isDamage(error)) session.reportDamage();
      else throw error;
      return err({ kind: 'no_business' });
    }
  };
}

/** Does the work with the first call; a failure is tried again with the next. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => {
    result ??= work().catch((error: unknown) => {
      result = null;
      throw error;
    });
    return result;
  };
}
