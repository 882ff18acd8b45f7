import { z } from 'zod';

import { envelope } from '../../../src/shared/contracts/events/envelope';
import type { EventData, EventName } from '../../../src/shared/contracts/events/events';
import { EVENTS, eventSource } from '../../../src/shared/contracts/events/events';
import type { StepRequest } from '../../../src/shared/contracts/events/workflow';
import { stepRequest, WORKFLOW_SOURCE } from '../../../src/shared/contracts/events/workflow';
import type { TraceContext } from '../../../src/shared/contracts/events/envelope';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { PoisonMessageError } from './message-errors';

/** An event of another service. */
export interface ReceivedEvent<N extends EventName = EventName> {
  readonly name: N;
  readonly id: string;
  readonly tenant: BusinessUid | null;
  readonly occurredAt: Date;
  readonly data: EventData<N>;
}

/** What a queue can hold. */
export type Message =
  | { readonly kind: 'event'; readonly event: ReceivedEvent; readonly trace: TraceContext }
  | { readonly kind: 'step'; readonly request: StepRequest; readonly trace: TraceContext }
  /** SES on a mail that was handed to it. */
  | { readonly kind: 'ses'; readonly detail: unknown; readonly trace: TraceContext }
  /** The scheduler's call. */
  | { readonly kind: 'daily'; readonly trace: TraceContext };

const fromBus = z.object({
  'detail-type': z.string(),
  source: z.string(),
  detail: z.unknown(),
});
const fromScheduler = z.object({ kind: z.literal('daily'), version: z.literal(1) });

/** Reads a message; throws `PoisonMessageError` with the reason when it is none of ours. */
export function readMessage(body: string): Message {
  const json = parseJson(body);
  if (fromScheduler.safeParse(json).success) return { kind: 'daily', trace: {} };
  const wrapped = parseWith(fromBus, json, 'event');
  if (wrapped.source === 'aws.ses') return { kind: 'ses', detail: wrapped.detail, trace: {} };
  if (wrapped.source === WORKFLOW_SOURCE) {
    const request = parseWith(stepRequest, wrapped.detail, wrapped['detail-type']);
    return { kind: 'step', request, trace: request.trace };
  }
  return readEvent(wrapped);
}

function readEvent(wrapped: z.infer<typeof fromBus>): Message {
  const name = wrapped['detail-type'];
  if (!isEventName(name)) throw new PoisonMessageError(`unknown event ${name}`);
  if (wrapped.source !== eventSource(name)) {
    throw new PoisonMessageError(`${name} does not come from ${wrapped.source}`);
  }
  const { id, tenant, occurred_at, trace, data } = parseWith(envelope, wrapped.detail, name);
  const event = {
    name,
    id,
    tenant,
    occurredAt: new Date(occurred_at),
    data: parseWith(EVENTS[name].data as z.ZodType<EventData<EventName>>, data, name),
  };
  return { kind: 'event', event, trace };
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PoisonMessageError('not JSON', { cause });
  }
}

function parseWith<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((one) => one.path.join('.') || 'the whole');
  throw new PoisonMessageError(`${name} is malformed: ${[...new Set(fields)].join(', ')}`);
}
