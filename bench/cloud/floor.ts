import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';

import type { Cloud } from '../../backend/local/cloud';

/** The least that a workflow of three steps costs on the emulator: its workers do nothing. */
export interface Floor {
  /** Runs `count` executions at once; resolves when all have succeeded. */
  run(count: number): Promise<void>;
  stop(): Promise<void>;
}

const STEPS = ['One', 'Two', 'Three'] as const;
const onBus = z.object({ detail: z.object({ task_token: z.string() }) });

export async function startFloor(cloud: Cloud): Promise<Floor> {
  const { endpoint, region, adminCredentials: credentials } = cloud.emulator;
  const aws = { endpoint, region, credentials };
  const workflows = new SFNClient(aws);
  const bus = new EventBridgeClient(aws);
  const sqs = new SQSClient(aws);
  const machine = await createMachine(workflows);
  let isStopping = false;

  async function work(queue: string): Promise<void> {
    while (!isStopping) {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queue,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
        }),
      );
      await Promise.all(
        (Messages ?? []).map(async ({ Body, ReceiptHandle }) => {
          const { detail } = onBus.parse(JSON.parse(Body ?? ''));
          await workflows.send(
            new SendTaskSuccessCommand({ taskToken: detail.task_token, output: '{}' }),
          );
          await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
        }),
      );
    }
  }

  const queues = await Promise.all(STEPS.map((step) => createQueue(bus, sqs, step)));
  const working = queues.map(work);
  return {
    async run(count) {
      const started = await Promise.all(
        Array.from({ length: count }, () =>
          workflows.send(new StartExecutionCommand({ stateMachineArn: machine, input: '{}' })),
        ),
      );
      for (const { executionArn } of started) {
        for (;;) {
          const { status } = await workflows.send(new DescribeExecutionCommand({ executionArn }));
          if (status === 'SUCCEEDED') break;
          if (status !== 'RUNNING') throw new Error(`an execution ended as ${status ?? 'nothing'}`);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    },
    async stop() {
      isStopping = true;
      await Promise.allSettled(working);
      for (const client of [workflows, bus, sqs]) client.destroy();
    },
  };
}

/** Under the role of the workflow itself, which may ask over the bus. */
async function createMachine(workflows: SFNClient): Promise<string> {
  const { stateMachines } = await workflows.send(new ListStateMachinesCommand({}));
  const own = stateMachines?.find(({ name }) => name === 'doccentr-send-invoice');
  const { roleArn } = await workflows.send(
    new DescribeStateMachineCommand({ stateMachineArn: own?.stateMachineArn }),
  );
  const states = STEPS.map((step, index) => {
    const next = STEPS[index + 1];
    const Entries = [
      {
        EventBusName: 'doccentr',
        Source: 'doccentr.workflow',
        DetailType: `Bench${step}`,
        Detail: { 'task_token.$': '$$.Task.Token' },
      },
    ];
    return [
      step,
      {
        Type: 'Task',
        Resource: 'arn:aws:states:::events:putEvents.waitForTaskToken',
        Parameters: { Entries },
        ...(next === undefined ? { End: true } : { Next: next }),
      },
    ] as const;
  });
  const created = await workflows.send(
    new CreateStateMachineCommand({
      name: `bench-${Date.now()}`,
      roleArn,
      definition: JSON.stringify({ StartAt: STEPS[0], States: Object.fromEntries(states) }),
    }),
  );
  return created.stateMachineArn ?? '';
}

async function createQueue(bus: EventBridgeClient, sqs: SQSClient, step: string): Promise<string> {
  const name = `bench-${step.toLowerCase()}-${Date.now()}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const pattern = { source: ['doccentr.workflow'], 'detail-type': [`Bench${step}`] };
  const rule = { EventBusName: 'doccentr' };
  await bus.send(
    new PutRuleCommand({ ...rule, Name: name, EventPattern: JSON.stringify(pattern) }),
  );
  await bus.send(
    new PutTargetsCommand({
      ...rule,
      Rule: name,
      Targets: [{ Id: 'queue', Arn: Attributes?.['QueueArn'] }],
    }),
  );
  return QueueUrl ?? '';
}
