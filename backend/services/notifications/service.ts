import { notificationRoutes } from '../../../src/shared/contracts/rest-v1/notifications';
import type { Service } from '../../kit/run-service';
import { createBusinessProjection } from './adapters/business-projection';
import { createInvoiceQuestions } from './adapters/invoice-questions';
import { createMailService } from './adapters/mail-service';
import { createPdfSource } from './adapters/pdf-source';
import { startSenderCheck } from './adapters/sender-check';
import { createEventHandlers } from './api/event-handlers';
import { createMailEvents } from './api/mail-events';
import { createNotificationHandlers } from './api/notification-handlers';
import { createNotifyStep } from './api/notify-step';
import { createMessageLedger } from './message-ledger';
import { createSending } from './sending';

/** Mails to clients: invoices, reminders, receipts; each at most once, and what became of them. */
export const notificationsService: Service<typeof notificationRoutes> = {
  name: 'notifications',
  routes: notificationRoutes,
  build: ({ db, config, environment, calls, log }) => {
    const from = config.mailFrom;
    const invoices = createInvoiceQuestions(calls);
    const pdfs = createPdfSource(config.bucketName, environment.AWS_ENDPOINT_URL, calls);
    const service = createMailService(from, config.mailConfigurationSet);
    const sender = startSenderCheck(service, log);
    const ledger = createMessageLedger(db, config.mailsPerDay);
    const send = createSending({ db, ledger, invoices, pdfs, service, sender, from });
    const businesses = createBusinessProjection(db, calls);
    return {
      handlers: createNotificationHandlers(db, invoices),
      steps: { notify_client: createNotifyStep(send) },
      events: createEventHandlers(send, businesses, log),
      ses: createMailEvents(db, log),
      background: [service, pdfs],
    };
  },
};
