import type { z } from 'zod';

import type { messageView } from '../../../../src/shared/contracts/rest-v1/notifications';
import type { notificationRoutes } from '../../../../src/shared/contracts/rest-v1/notifications';
import type { Database } from '../../../kit/database/database';
import type { Handlers } from '../../../kit/http/handlers';
import { notFound } from '../../../kit/http/refusal';
import type { InvoiceQuestions } from '../adapters/invoice-questions';
import { listMessages } from '../db/message-repository';
import type { StoredMessage } from '../db/schema';

export function createNotificationHandlers(
  db: Database,
  invoices: InvoiceQuestions,
): Handlers<typeof notificationRoutes> {
  return {
    async listNotifications({ params, member }) {
      const rows = await listMessages(db, member.tenant, params.invoiceId);
      // Without mails, only the invoices service can tell an invoice from none.
      if (rows.length === 0 && (await invoices.byId(member.tenant, params.invoiceId)) === null) {
        return notFound('invoice');
      }
      return { status: 200, body: rows.map(viewOf) };
    },
  };
}

function viewOf(row: StoredMessage): z.input<typeof messageView> {
  return {
    uid: row.messageUid,
    kind: row.kind,
    state: row.state,
    recipient: row.recipient,
    subject: row.subject,
    reason: row.reason,
    ses_id: row.sesId,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
