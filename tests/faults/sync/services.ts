import { createClientHandlers } from '../../../backend/services/clients/api/client-handlers';
import { createInternalRoutes as clientsRoutes } from '../../../backend/services/clients/api/internal';
import { createClientDocuments } from '../../../backend/services/clients/adapters/client-documents';
import { createHomeCountry } from '../../../backend/services/clients/adapters/home-country';
import { createDirectory } from '../../../backend/services/invoices/adapters/directory';
import { createStoredSignals } from '../../../backend/services/invoices/adapters/stored-signals';
import { createInternalRoutes as invoicesRoutes } from '../../../backend/services/invoices/api/internal';
import { createInvoiceHandlers } from '../../../backend/services/invoices/api/invoice-handlers';
import type { InvoicesContext } from '../../../backend/services/invoices/context';
import { createEventHandlers as invoicesEvents } from '../../../backend/services/invoices/use-cases/events';
import { createEventHandlers as ordersEvents } from '../../../backend/services/orders/adapters/events';
import { createInternalRoutes as ordersRoutes } from '../../../backend/services/orders/api/internal';
import { settingsAnswer } from '../../../backend/services/auth/api/business-handlers';
import { storeHeads } from '../../../backend/services/auth/db/head-repository';
import type { InternalRoute } from '../../../backend/kit/http/internal-routes';
import type { ServiceCalls } from '../../../backend/kit/identity/service-calls';
import { ServiceUnavailableError } from '../../../backend/kit/identity/service-unavailable';
import type { ReceivedEvent } from '../../../backend/kit/messaging/message';
import type { EventHandlers } from '../../../backend/kit/run-service';
import { createLog } from '../../../backend/kit/telemetry/log';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Databases, SyncingService } from './databases';

/** The services of the cloud put together without HTTP and queues between them. */
export interface CloudServices {
  readonly clients: ReturnType<typeof createClientHandlers>;
  readonly invoices: ReturnType<typeof createInvoiceHandlers>;
  /** What a service does about an event of another one. */
  readonly events: Readonly<Record<SyncingService, EventHandlers>>;
}

export function createServices(
  { of }: Databases,
  tenant: BusinessUid,
  now: () => Date,
): CloudServices {
  const questions: Partial<Record<SyncingService, readonly InternalRoute[]>> = {};
  const calls = callsTo(questions);
  const homeCountry = createHomeCountry(of.clients.db, calls);
  const context: InvoicesContext = {
    db: of.invoices.db,
    log: createLog('invoices', 'silent'),
    now,
    directory: createDirectory(of.invoices.db, calls, now),
    // Which characters fonts have is another test's matter.
    fonts: { familyOf: () => 'NotoSans' },
    stored: createStoredSignals(),
  };
  questions.auth = [
    {
      method: 'GET',
      path: '/businesses/:tenant',
      callers: [],
      answer: () => settingsAnswer(of.auth.db, tenant),
    },
  ];
  questions.clients = clientsRoutes(of.clients.db);
  questions.orders = ordersRoutes(of.orders.db);
  questions.invoices = invoicesRoutes(context);

  const noteMoves = async ({
    data: { heads },
  }: ReceivedEvent<'ClientsMoved' | 'OrdersMoved' | 'InvoicesMoved'>) =>
    storeHeads(
      of.auth.db,
      heads.map(({ moved_at, ...one }) => ({ ...one, movedAt: new Date(moved_at) })),
    );
  return {
    clients: createClientHandlers(of.clients.db, homeCountry, createClientDocuments(calls)),
    invoices: createInvoiceHandlers(context),
    events: {
      auth: { ClientsMoved: noteMoves, OrdersMoved: noteMoves, InvoicesMoved: noteMoves },
      clients: { BusinessUpdated: (event) => homeCountry.applyEvent(event) },
      orders: ordersEvents(of.orders.db),
      invoices: invoicesEvents(context),
    },
  };
}

/** Questions of one service to another, answered at once. */
function callsTo(
  questions: Partial<Record<SyncingService, readonly InternalRoute[]>>,
): ServiceCalls {
  const ask = async (service: string, method: string, path: string, body: unknown) => {
    for (const route of questions[service as SyncingService] ?? []) {
      const params = paramsOf(route.path, path);
      if (route.method !== method || params === null) continue;
      return JSON.parse(JSON.stringify(await route.answer(params, body))) as unknown;
    }
    throw new ServiceUnavailableError(`${service} cannot be asked`);
  };
  return {
    get: (service, path) => ask(service, 'GET', path, undefined),
    post: (service, path, body) => ask(service, 'POST', path, body),
  };
}

/** Null where the path is another one. */
function paramsOf(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const found = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = found;
    else if (part !== found) return null;
  }
  return params;
}
