import {
  WORKFLOW_SOURCE,
  WORKFLOW_STEPS,
  type WorkflowStep,
} from '../../src/shared/contracts/events/workflow';
import type { StackInputs } from './inputs';

type State = Readonly<Record<string, unknown>>;
type Timing = StackInputs['workflow'];

/** The steps of a delivery, in order. */
const DELIVERY_STEPS = ['create_invoice', 'generate_pdf', 'notify_client', 'mark_sent'] as const;

/** What every request carries of the execution's input: ids alone. */
const INPUT_FIELDS = {
  'tenant.$': '$.tenant',
  'send_uid.$': '$.send_uid',
  'invoice_uid.$': '$.invoice_uid',
  'attempt.$': '$.attempt',
  'trace.$': '$.trace',
};

/**
 * "Send this invoice" in Amazon States Language (JSONPath). Each step asks its service over the bus
 * and waits for the task token; an error that will not get better, or the last retry's, leads to
 * RecordFailure, which leaves the invoice in a clean state with the reason, and then to Fail.
 */
export function sendInvoiceDefinition(busName: string, timing: Timing): State {
  const states: Record<string, State> = {};
  DELIVERY_STEPS.forEach((step, index) => {
    const next = DELIVERY_STEPS[index + 1];
    const { state } = WORKFLOW_STEPS[step];
    states[state] = {
      ...requestAndWait(step, busName, timing),
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: `${state}Failed` }],
      Next: next === undefined ? 'Delivered' : WORKFLOW_STEPS[next].state,
    };
    // Which step it was; and what the error may lack, since a time-out need not bring a cause.
    states[`${state}Failed`] = {
      Type: 'Pass',
      Result: { step, Error: 'Unknown', Cause: '' },
      ResultPath: '$.failed',
      Next: 'DescribeFailure',
    };
  });
  return {
    Comment: 'Makes sure of the invoice, its PDF and its mail, one after the other.',
    StartAt: WORKFLOW_STEPS[DELIVERY_STEPS[0]].state,
    // Longer than every step with all of its retries.
    TimeoutSeconds: (DELIVERY_STEPS.length + 1) * (timing.maxAttempts + 2) * timing.timeoutSeconds,
    States: {
      ...states,
      DescribeFailure: {
        Type: 'Pass',
        Parameters: { ...INPUT_FIELDS, 'failure.$': 'States.JsonMerge($.failed, $.caught, false)' },
        Next: WORKFLOW_STEPS.record_failure.state,
      },
      [WORKFLOW_STEPS.record_failure.state]: {
        ...requestAndWait('record_failure', busName, timing, {
          'failed_step.$': '$.failure.step',
          'error.$': '$.failure.Error',
          'cause.$': '$.failure.Cause',
        }),
        // The sweep of the invoices service finds deliveries whose end nobody recorded.
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Failed' }],
        Next: 'Failed',
      },
      Failed: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
      Delivered: { Type: 'Succeed' },
    },
  };
}

function requestAndWait(
  step: WorkflowStep,
  busName: string,
  timing: Timing,
  more: Readonly<Record<string, string>> = {},
): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::events:putEvents.waitForTaskToken',
    Parameters: {
      Entries: [
        {
          EventBusName: busName,
          Source: WORKFLOW_SOURCE,
          DetailType: WORKFLOW_STEPS[step].event,
          Detail: {
            version: 1,
            step,
            'task_token.$': '$$.Task.Token',
            'execution.$': '$$.Execution.Name',
            'retry.$': '$$.State.RetryCount',
            ...INPUT_FIELDS,
            ...more,
          },
        },
      ],
    },
    // Outcomes stay with the services: the input is all that a step needs.
    ResultPath: null,
    TimeoutSeconds: timing.timeoutSeconds,
    HeartbeatSeconds: timing.heartbeatSeconds,
    Retry: [
      // Before the other, because States.TaskFailed stands for every error but a time-out.
      { ErrorEquals: ['Permanent', 'DeliveryUnknown'], MaxAttempts: 0 },
      {
        ErrorEquals: [
          'Transient',
          'States.Timeout',
          'States.HeartbeatTimeout',
          'States.TaskFailed',
        ],
        IntervalSeconds: timing.retryIntervalSeconds,
        BackoffRate: 2,
        MaxDelaySeconds: 300,
        JitterStrategy: 'FULL',
        MaxAttempts: timing.maxAttempts,
      },
    ],
  };
}
