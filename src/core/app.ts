import type { MethodName } from '../shared/contracts/app-api';
import { err } from '../shared/domain/result';
import { businessUseCases } from './businesses/business-use-cases';
import { Session } from './businesses/session';
import { sessionHandlers } from './businesses/session-handlers';
import { isDamage } from './businesses/set-aside';
import type { UseCase, UseCases } from './context';
import { bringBackIssued } from './features/invoices/bring-back';
import { draftUseCases } from './features/invoices/draft-use-cases';
import { finaliseUseCases } from './features/invoices/finalise';
import { pdfUseCases } from './features/invoices/pdf-use-cases';
import type { App, AppOptions, Handler, Handlers } from './host/handlers';
import { seriesUseCases } from './numbering/series-use-cases';
import { loadPdfRenderer } from './pdf/load-renderer';

/** Every use case of an open business, by feature. */
const useCases = {
  ...businessUseCases,
  ...seriesUseCases,
  ...draftUseCases,
  ...finaliseUseCases,
  ...pdfUseCases,
} satisfies Partial<UseCases<MethodName>>;

/** Starts the local application and opens the business that was open last. */
export async function createApp(options: AppOptions): Promise<App> {
  const { dataDirectory, emit } = options;
  const now = options.now ?? (() => new Date());
  const session = new Session({
    dataDirectory,
    now,
    emit,
    pdfRenderer: once(loadPdfRenderer),
    bringBack: bringBackIssued,
  });
  const handlers: Record<string, unknown> = { ...sessionHandlers(session, { dataDirectory, now }) };
  for (const [name, useCase] of Object.entries(useCases)) {
    handlers[name] = withBusiness(session, useCase as UseCase<MethodName>);
  }
  await session.resume();
  return {
    // The compiler checks the names above; one record per method cannot be typed in a loop.
    handlers: handlers as Handlers,
    close: () => Promise.resolve(session.close()),
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
      if (!isDamage(error)) throw error;
      session.reportDamage();
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
