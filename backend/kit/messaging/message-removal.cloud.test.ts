import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { createLog } from '../telemetry/log';
import { createMessageRemoval } from './message-removal';

let sqs: SQSClient;
let queueUrl: string;
const log = createLog('test', 'silent');

beforeAll(async () => {
  const { awsEndpoint, adminCredentials, region } = inject('cloud');
  sqs = new SQSClient({ endpoint: awsEndpoint, region, credentials: adminCredentials });
  const name = `removal-${Date.now()}`;
  queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: name }))).QueueUrl ?? '';
});

afterAll(async () => {
  await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
  sqs.destroy();
});

async function received(count: number): Promise<readonly string[]> {
  const sent = Array.from({ length: count }, (_, index) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: String(index) })),
  );
  await Promise.all(sent);
  const handles: string[] = [];
  while (handles.length < count) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
    );
    for (const { ReceiptHandle } of Messages ?? []) handles.push(ReceiptHandle ?? '');
  }
  return handles;
}

/** Messages that are there, whether somebody holds them or not. */
async function left(): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, one) => sum + Number(one), 0);
}

it('takes off all that was added, more than one call holds, before it is finished', async () => {
  const removal = createMessageRemoval(sqs, queueUrl, log);
  for (const handle of await received(23)) removal.add(handle);
  await removal.finish();
  expect(await left()).toBe(0);
});

it('takes off what is alone without being told to finish', async () => {
  const removal = createMessageRemoval(sqs, queueUrl, log);
  for (const handle of await received(1)) removal.add(handle);
  await expect.poll(left, { timeout: 5_000 }).toBe(0);
});
