import { describe, expect, it } from 'vitest';

import {
  STEP_ERRORS,
  WORKFLOW_STEPS,
  type WorkflowStep,
  stepRequest,
} from '../../src/shared/contracts/events/workflow';
import { sendInvoiceDefinition } from './workflow-definition';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
  readonly BackoffRate?: number;
  readonly JitterStrategy?: string;
}

interface Task {
  readonly Type: string;
  readonly Resource: string;
  readonly Next: string;
  readonly Parameters: {
    readonly Entries: readonly [{ readonly DetailType: string; readonly Detail: object }];
  };
  readonly TimeoutSeconds: number;
  readonly HeartbeatSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

const definition = sendInvoiceDefinition('doccentr', {
  heartbeatSeconds: 900,
  timeoutSeconds: 3600,
  retryIntervalSeconds: 2,
  maxAttempts: 4,
});
const states = definition['States'] as Readonly<Record<string, Task>>;
const tasks = Object.entries(states).filter(([, { Type }]) => Type === 'Task');
const steps = Object.keys(WORKFLOW_STEPS) as WorkflowStep[];

function stateOf(step: WorkflowStep): Task {
  return states[WORKFLOW_STEPS[step].state]!;
}

/** The retrier that Step Functions takes for an error: the first that names it. */
function retrierFor(step: WorkflowStep, error: string): Retrier | undefined {
  const isTimeout = error === 'States.Timeout' || error === 'States.HeartbeatTimeout';
  return stateOf(step).Retry.find(
    ({ ErrorEquals: names }) =>
      names.includes(error) || (!isTimeout && names.includes('States.TaskFailed')),
  );
}

describe('the workflow', () => {
  it('has a waiting state for each step and no other', () => {
    expect(tasks.map(([name]) => name).sort()).toEqual(
      steps.map((step) => WORKFLOW_STEPS[step].state).sort(),
    );
    for (const [, task] of tasks) expect(task.Resource).toMatch(/waitForTaskToken$/u);
  });

  it('waits nowhere without a time limit and a shorter heartbeat', () => {
    for (const [, task] of tasks) {
      expect(task.TimeoutSeconds).toBeGreaterThan(0);
      expect(task.HeartbeatSeconds).toBeGreaterThan(0);
      expect(task.HeartbeatSeconds).toBeLessThan(task.TimeoutSeconds);
    }
    expect(definition['TimeoutSeconds']).toBeGreaterThan(tasks.length * 5 * 3600);
  });

  it.each(steps)('retries %s when time may help, and never what time cannot mend', (step) => {
    for (const error of [
      'Transient',
      'States.Timeout',
      'States.HeartbeatTimeout',
      'Events.Other',
    ]) {
      expect(retrierFor(step, error)).toMatchObject({
        MaxAttempts: 4,
        BackoffRate: 2,
        JitterStrategy: 'FULL',
      });
    }
    for (const error of STEP_ERRORS.filter((name) => name !== 'Transient')) {
      expect(retrierFor(step, error)?.MaxAttempts).toBe(0);
    }
  });

  it('leads from the first step to the last, and from every failure to its record', () => {
    expect(definition['StartAt']).toBe('CreateInvoice');
    const path: string[] = [];
    for (let at = 'CreateInvoice'; at !== 'Delivered'; at = states[at]!.Next) path.push(at);
    expect(path).toEqual(['CreateInvoice', 'GeneratePdf', 'NotifyClient', 'MarkSent']);
    for (const name of path) {
      const [caught] = states[name]!.Catch;
      expect(caught?.ErrorEquals).toEqual(['States.ALL']);
      const reason = states[caught!.Next]!;
      expect(states[reason.Next]!.Next).toBe('RecordFailure');
    }
    expect(states['RecordFailure']!.Next).toBe('Failed');
    expect(states['Failed']!.Type).toBe('Fail');
  });

  it.each(steps)('asks for %s with what the contract holds', (step) => {
    const [entry] = stateOf(step).Parameters.Entries;
    expect(entry.DetailType).toBe(WORKFLOW_STEPS[step].event);
    const names = Object.keys(entry.Detail).map((name) => name.replace(/\.\$$/u, ''));
    const optional = ['failed_step', 'error', 'cause'];
    const expected = Object.keys(stepRequest.shape).filter(
      (name) => step === 'record_failure' || !optional.includes(name),
    );
    expect(names.sort()).toEqual(expected.sort());
  });
});
