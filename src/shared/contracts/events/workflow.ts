import { z } from 'zod';

import { businessUid, invoiceUid } from '../../domain/ids';
import { traceContext } from './envelope';

export const WORKFLOW_SOURCE = 'doccentr.workflow';

/** The steps of "send this invoice", and the request by which each asks its service. */
export const WORKFLOW_STEPS = {
  create_invoice: { state: 'CreateInvoice', event: 'CreateInvoiceRequested', service: 'invoices' },
  generate_pdf: { state: 'GeneratePdf', event: 'PdfRequested', service: 'pdf' },
  notify_client: {
    state: 'NotifyClient',
    event: 'NotificationRequested',
    service: 'notifications',
  },
  mark_sent: { state: 'MarkSent', event: 'MarkSentRequested', service: 'invoices' },
  record_failure: { state: 'RecordFailure', event: 'RecordFailureRequested', service: 'invoices' },
} as const;
export type WorkflowStep = keyof typeof WORKFLOW_STEPS;

/** What an execution starts from: ids alone. Its name is `<send_uid>-<attempt>`. */
export const workflowInput = z.object({
  tenant: businessUid,
  send_uid: z.uuid(),
  invoice_uid: invoiceUid,
  attempt: z.int().min(1),
  trace: traceContext,
});
export type WorkflowInput = z.infer<typeof workflowInput>;

/** The detail of a request of the workflow; whoever does the step answers `task_token`. */
export const stepRequest = workflowInput.extend({
  version: z.literal(1),
  task_token: z.string(),
  execution: z.string(),
  step: z.enum(Object.keys(WORKFLOW_STEPS) as [WorkflowStep, ...WorkflowStep[]]),
  /** How often the workflow has retried this step, from 0. */
  retry: z.coerce.number().int(),
  /** Of `record_failure`: what went wrong where. */
  failed_step: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
export type StepRequest = z.infer<typeof stepRequest>;

/**
 * How a step fails. `Transient` is tried again by the workflow; the others are not: `Permanent`
 * will not get better, `DeliveryUnknown` must not be repeated (DOMAIN 18).
 */
export const STEP_ERRORS = ['Transient', 'Permanent', 'DeliveryUnknown'] as const;
export type StepError = (typeof STEP_ERRORS)[number];
