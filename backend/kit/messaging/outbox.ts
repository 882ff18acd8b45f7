import { randomUUID } from 'node:crypto';

import type { EventData, EventName } from '../../../src/shared/contracts/events/events';
import type { WorkflowInput } from '../../../src/shared/contracts/events/workflow';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Transaction } from '../database/database';
import { afterCommit } from '../database/database';
import { insertRows } from '../database/insert-rows';
import { outbox } from '../database/kit-tables';
import { currentTrace } from '../telemetry/telemetry';

/** The outbox entry that starts an execution instead of telling an event. */
export const WORKFLOW_ENTRY = 'workflow';

const listeners = new Set<() => void>();

/** Calls `listener` after every commit that left something in the outbox; answers how to end it. */
export function onOutboxFilled(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** To be called by who writes into the outbox: the relay looks at it after the commit. */
export function fillsOutbox(transaction: Transaction): void {
  afterCommit(transaction, () => {
    for (const listener of listeners) listener();
  });
}

/**
 * Tells an event, in the transaction of the change that it tells of: both stand or neither. The
 * relay publishes it soon after the commit.
 */
export async function recordEvent<N extends EventName>(
  transaction: Transaction,
  name: N,
  tenant: BusinessUid | null,
  data: EventData<N>,
): Promise<void> {
  fillsOutbox(transaction);
  await insertRows(transaction, outbox, [
    {
      eventId: randomUUID(),
      name,
      tenant,
      occurredAt: new Date(),
      trace: currentTrace(),
      data,
    },
  ]);
}

/** Has the relay start "send this invoice" under the execution name `<send uid>-<attempt>`. */
export async function recordWorkflowStart(
  transaction: Transaction,
  input: Omit<WorkflowInput, 'trace'>,
): Promise<void> {
  fillsOutbox(transaction);
  await insertRows(transaction, outbox, [
    {
      eventId: randomUUID(),
      name: WORKFLOW_ENTRY,
      tenant: input.tenant,
      occurredAt: new Date(),
      trace: currentTrace(),
      data: input,
    },
  ]);
}
