/**
 * Why an e-mail did not go out, or not yet: stable codes that steps of the workflow answer with and
 * devices show. The screens have words for each.
 */
export const DELIVERY_REASONS = [
  // The document.
  'invoice_unknown',
  'invoice_not_found',
  'invoice_not_finalised',
  'invoice_deleted',
  'document_missing',
  'duplicate',
  'paid',
  'credited',
  'not_paid',
  // Its PDF.
  'pdf_differs',
  'pdf_hash_differs',
  'pdf_missing',
  'renderer_unavailable',
  'text_unprintable',
  // The wish.
  'send_unknown',
  'cancelled',
  'restored',
  'quota_exceeded',
  // Whom it goes to.
  'recipient_missing',
  'recipient_invalid',
  'recipient_suppressed',
  // What the e-mail service made of it.
  'sender_unverified',
  'delivery_unknown',
  'mail_in_progress',
  'mail_unanswered',
  'mail_throttled',
  'mail_service_unreachable',
  'mail_service_refused',
  'mail_bounced',
  'mail_complaint',
  'mail_rejected',
  // The workflow.
  'step_timed_out',
  'step_failed',
] as const;
export type DeliveryReason = (typeof DELIVERY_REASONS)[number];

const known: ReadonlySet<string> = new Set(DELIVERY_REASONS);

/** Whether a code that came from elsewhere is one of these; a newer cloud may know more. */
export function isDeliveryReason(code: string): code is DeliveryReason {
  return known.has(code);
}
