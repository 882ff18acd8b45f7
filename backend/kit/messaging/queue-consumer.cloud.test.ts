import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest';

import { createLog } from '../telemetry/log';
import type { Heartbeat, QueueConsumer } from './queue-consumer';
import { startQueueConsumer } from './queue-consumer';

const VISIBILITY_SECONDS = 3;
const DAILY = JSON.stringify({ kind: 'daily', version: 1 });

let sqs: SQSClient;
let queueUrl: string;
let deadLetterQueueUrl: string;
let consumer: QueueConsumer;

beforeAll(() => {
  const { awsEndpoint, adminCredentials, region } = inject('cloud');
  vi.stubEnv('AWS_ENDPOINT_URL', awsEndpoint);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', adminCredentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', adminCredentials.secretAccessKey);
  sqs = new SQSClient({});
});

afterAll(() => {
  sqs.destroy();
  vi.unstubAllEnvs();
});

async function createQueue(): Promise<string> {
  const Attributes = { VisibilityTimeout: String(VISIBILITY_SECONDS) };
  const QueueName = `consumer-${randomUUID()}`;
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
}

beforeEach(async () => {
  [queueUrl, deadLetterQueueUrl] = await Promise.all([createQueue(), createQueue()]);
});

afterEach(async () => {
  await consumer.stop();
  for (const QueueUrl of [queueUrl, deadLetterQueueUrl]) {
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  }
});

async function consume(
  handle: (beat: Heartbeat) => Promise<void>,
  placeMs?: number,
): Promise<void> {
  consumer = await startQueueConsumer({
    ...(placeMs === undefined ? {} : { placeMs }),
    queueUrl,
    deadLetterQueueUrl,
    log: createLog('test', 'silent'),
    handle: (_, beat) => handle(beat),
    giveUp: () => Promise.resolve(),
  });
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: DAILY }));
}

/** Messages that anybody may take. */
async function waiting(QueueUrl: string): Promise<number> {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  return Messages?.length ?? 0;
}

it('holds on to a message for as long as it is worked on, and tells so', async () => {
  let begun = 0;
  let ended = 0;
  let beats = 0;
  await consume(async (beat) => {
    begun += 1;
    beat.onBeat(() => {
      beats += 1;
      return Promise.resolve();
    });
    await pause(2.5 * VISIBILITY_SECONDS * 1_000);
    ended += 1;
  });
  await vi.waitFor(() => expect(ended).toBe(1), { timeout: 20_000 });
  expect(begun).toBe(1);
  expect(beats).toBeGreaterThan(3);
  await pause(VISIBILITY_SECONDS * 1_000 + 500);
  expect([begun, await waiting(queueUrl)]).toEqual([1, 0]);
});

it('tries again what failed, and finishes what it works on before it stops', async () => {
  let tries = 0;
  let isDone = false;
  await consume(async () => {
    tries += 1;
    if (tries === 1) throw new Error('not now');
    await pause(1_500);
    isDone = true;
  });
  await vi.waitFor(() => expect(tries).toBe(2), { timeout: 20_000 });
  expect(isDone).toBe(false);
  await consumer.stop();
  expect(isDone).toBe(true);
  await pause(VISIBILITY_SECONDS * 1_000 + 500);
  expect(await waiting(queueUrl)).toBe(0);
  expect(await waiting(deadLetterQueueUrl)).toBe(0);
});

it('takes others while some hang', async () => {
  let begun = 0;
  let letGo: () => void = () => undefined;
  const hanging = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await consume(() => {
    begun += 1;
    return begun <= 12 ? hanging : Promise.resolve();
  }, 500);
  for (let count = 1; count < 14; count += 1) {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: DAILY }));
  }
  await vi.waitFor(() => expect(begun).toBe(14), { timeout: 20_000 });
  letGo();
  await consumer.stop();
  await pause(VISIBILITY_SECONDS * 1_000 + 500);
  expect([begun, await waiting(queueUrl), await waiting(deadLetterQueueUrl)]).toEqual([14, 0, 0]);
});
