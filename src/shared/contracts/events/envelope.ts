import { z } from 'zod';

import { businessUid } from '../../domain/ids';

/** W3C trace context, carried along so that one trace spans everything that a call sets off. */
export const traceContext = z.object({ traceparent: z.string().optional() });
export type TraceContext = z.infer<typeof traceContext>;

/**
 * The detail of every event of a service. `id` is the outbox entry's: a publish that was repeated
 * is the same event. `tenant` is null where an event is about a user rather than a business.
 */
export const envelope = z.object({
  version: z.literal(1),
  id: z.uuid(),
  tenant: businessUid.nullable(),
  occurred_at: z.iso.datetime(),
  trace: traceContext,
  data: z.unknown(),
});
export type Envelope = z.infer<typeof envelope>;
