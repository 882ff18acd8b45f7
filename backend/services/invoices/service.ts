import { loadFont } from '../../../src/core/pdf/load-pdf-assets';
import { invoiceRoutes } from '../../../src/shared/contracts/rest-v1/invoices';
import { syncRoutesOf } from '../../../src/shared/contracts/sync/routes';
import { createFontCoverage } from '../../../src/shared/pdf/fonts/font-book';
import type { Service } from '../../kit/run-service';
import { createSyncHandlers } from '../../kit/sync/sync-handlers';
import { readClock, readSweepTimes } from './adapters/clock';
import { createDirectory } from './adapters/directory';
import { createExecutions } from './adapters/executions';
import { createStoredSignals } from './adapters/stored-signals';
import { createInternalRoutes } from './api/internal';
import { createInvoiceHandlers } from './api/invoice-handlers';
import type { InvoicesContext } from './context';
import { createSyncedCollections } from './sync/collections';
import { runDaily } from './use-cases/daily';
import { createEventHandlers, createStepObservers } from './use-cases/events';
import { afterRestore } from './use-cases/restored';
import { createSteps } from './use-cases/steps';
import { startSweep } from './use-cases/sweep';

const routes = { ...invoiceRoutes, ...syncRoutesOf('invoices') };

/** Invoices, credit notes and payments of every business, and the workflow that sends them. */
export const invoicesService: Service<typeof routes> = {
  name: 'invoices',
  routes,
  restored: (db) => afterRestore(db, readClock()()),
  build(kit) {
    const { db, log, calls } = kit;
    const now = readClock();
    const context: InvoicesContext = {
      db,
      log,
      now,
      directory: createDirectory(db, calls, now),
      fonts: createFontCoverage(loadFont),
      stored: createStoredSignals(),
    };
    return {
      handlers: {
        ...createInvoiceHandlers(context),
        ...createSyncHandlers(db, 'invoices', createSyncedCollections(now)),
      },
      internal: createInternalRoutes(context),
      events: createEventHandlers(context),
      steps: createSteps(context),
      observedSteps: createStepObservers(context),
      daily: () => runDaily(context),
      background: [
        startSweep(context, createExecutions(kit.config.stateMachineArn), readSweepTimes()),
      ],
    };
  },
};
