import { documentPdfRoutes, pdfRoutes } from '../../../src/shared/contracts/rest-v1/pdf';
import type { Service } from '../../kit/run-service';
import { createDocumentStore } from './adapters/document-store';
import { createInvoiceQuestions } from './adapters/invoice-questions';
import { startRenderer } from './adapters/renderer';
import { createOnDemand } from './api/demand';
import { createDocumentHandlers } from './api/document-handlers';
import { createInternalRoutes } from './api/internal';
import { createPdfHandlers } from './api/pdf-handlers';
import { createPrintStep } from './api/print-step';
import { createPrinting } from './printing';

const routes = { ...pdfRoutes, ...documentPdfRoutes };

/** Makes the PDFs of finalised documents, once each, and gives out links to them. */
export const pdfService: Service<typeof routes> = {
  name: 'pdf',
  routes,
  build: ({ db, config, environment, calls, log }) => {
    const store = createDocumentStore(config.bucketName, environment.AWS_ENDPOINT_URL);
    const invoices = createInvoiceQuestions(calls);
    const printing = createPrinting({ db, store, invoices, renderer: startRenderer(log) });
    const onDemand = createOnDemand(db, printing);
    const parts = { db, store, invoices, onDemand };
    return {
      handlers: { ...createPdfHandlers(parts), ...createDocumentHandlers(parts) },
      internal: createInternalRoutes(onDemand),
      steps: { generate_pdf: createPrintStep(db, printing) },
      background: [store],
    };
  },
};
