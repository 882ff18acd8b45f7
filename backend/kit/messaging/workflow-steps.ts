import {
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { and, eq } from 'drizzle-orm';

import type { StepRequest, WorkflowStep } from '../../../src/shared/contracts/events/workflow';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import { AWS_TIMEOUTS } from '../aws-timeouts';
import { checkpoint } from '../checkpoint';
import type { Database, Transaction } from '../database/database';
import { stepOutcomes } from '../database/kit-tables';
import type { Logger } from '../telemetry/log';
import { StepFailure } from './message-errors';
import type { Heartbeat } from './queue-consumer';

/** What a step answers the workflow: small, ids and hashes alone. */
export type StepOutcome = Readonly<Record<string, string | number | null>>;

/**
 * Does a step. It stores its outcome by `remember` in the transaction of its effect, so that the
 * same step asked again is answered without a second effect. Expected failures are thrown as
 * `StepFailure`; anything else has the message delivered again.
 */
export type StepHandler = (request: StepRequest) => Promise<StepOutcome>;
export type StepHandlers = Readonly<Partial<Record<WorkflowStep, StepHandler>>>;

/** Looks at steps that another service does, and never answers their task tokens. */
export type StepObserver = (request: StepRequest) => Promise<void>;
export type StepObservers = Readonly<Partial<Record<WorkflowStep, StepObserver>>>;

/**
 * Business steps are keyed by the send, whatever message or attempt asks for them; a failure by its
 * execution, since each attempt may fail in its own way.
 */
export function stepKey(request: Pick<StepRequest, 'step' | 'send_uid' | 'execution'>): string {
  return request.step === 'record_failure'
    ? `${request.step}:${request.execution}`
    : `${request.step}:${request.send_uid}`;
}

/** Keeps the outcome of a step with its effect. */
export async function rememberOutcome(
  transaction: Transaction,
  request: Pick<StepRequest, 'tenant' | 'step' | 'send_uid' | 'execution'>,
  outcome: StepOutcome,
): Promise<void> {
  await transaction
    .insert(stepOutcomes)
    .values({ tenant: request.tenant, stepKey: stepKey(request), outcome })
    .onDuplicateKeyUpdate({ set: { outcome } });
}

/** The stored outcome of a step, undefined when it has not happened. */
export async function findOutcome(
  db: Database | Transaction,
  tenant: BusinessUid,
  key: string,
): Promise<StepOutcome | undefined> {
  const [row] = await db
    .select({ outcome: stepOutcomes.outcome })
    .from(stepOutcomes)
    .where(and(eq(stepOutcomes.tenant, tenant), eq(stepOutcomes.stepKey, key)));
  return row?.outcome as StepOutcome | undefined;
}

export interface WorkflowSteps {
  /** Does the requested step once and answers its task token. */
  perform(request: StepRequest, handler: StepHandler, beat: Heartbeat): Promise<void>;
  /** Tells the workflow that a step was given up. */
  giveUp(request: StepRequest, reason: string): Promise<void>;
  close(): void;
}

/** The services' side of the workflow: effects once, tokens answered every time. */
export function createWorkflowSteps(db: Database, log: Logger): WorkflowSteps {
  const workflows = new SFNClient({ maxAttempts: 4, ...AWS_TIMEOUTS });

  async function answer(send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
    } catch (error) {
      const isOver =
        error instanceof TaskTimedOut ||
        error instanceof TaskDoesNotExist ||
        error instanceof InvalidToken;
      // Nobody waits for this answer any more; the outcome is stored for whoever asks again.
      if (!isOver) throw error;
      log.info({ reason: error.name }, 'a workflow no longer waits for a step');
    }
  }

  async function fail(request: StepRequest, error: string, cause: string): Promise<void> {
    await answer(() =>
      workflows.send(new SendTaskFailureCommand({ taskToken: request.task_token, error, cause })),
    );
  }

  return {
    async perform(request, handler, beat) {
      beat.onBeat(() =>
        answer(() =>
          workflows.send(new SendTaskHeartbeatCommand({ taskToken: request.task_token })),
        ),
      );
      try {
        const known = await findOutcome(db, request.tenant, stepKey(request));
        if (known === undefined) checkpoint(request.step, 'before-effect');
        const outcome = known ?? (await handler(request));
        checkpoint(request.step, 'after-commit');
        await answer(() =>
          workflows.send(
            new SendTaskSuccessCommand({
              taskToken: request.task_token,
              output: JSON.stringify(outcome),
            }),
          ),
        );
      } catch (error) {
        if (!(error instanceof StepFailure)) throw error;
        log.warn({ step: request.step, kind: error.kind, reason: error.reason }, 'a step failed');
        await fail(request, error.kind, error.reason);
      }
    },
    giveUp: (request, reason) => fail(request, 'Transient', reason.slice(0, 200)),
    close: () => workflows.destroy(),
  };
}
