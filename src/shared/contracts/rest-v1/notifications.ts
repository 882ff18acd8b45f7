import { z } from 'zod';

import { idInPath, moment } from './fields';
import { route } from './route';

export const messageView = z
  .object({
    uid: z.uuid(),
    kind: z.enum(['invoice', 'reminder', 'receipt']),
    /** `claimed` before SES answered; `unknown` when it never did. */
    state: z.enum(['claimed', 'sent', 'delivered', 'failed', 'unknown', 'bounced']),
    recipient: z.string(),
    subject: z.string(),
    reason: z.string().nullable(),
    ses_id: z.string().nullable(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: 'Message' });

export const notificationRoutes = {
  listNotifications: route({
    service: 'notifications',
    tag: 'Invoices',
    operationId: 'listNotifications',
    summary: 'List the e-mails of an invoice, the earliest first',
    method: 'GET',
    path: '/invoices/{invoiceId}/notifications',
    access: { member: 'viewer' },
    params: z.object({ invoiceId: idInPath }),
    success: { 200: { description: 'Successful response', body: z.array(messageView) } },
  }),
};
