import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

import { AWS_TIMEOUTS } from '../aws-timeouts';
import { checkpoint } from '../checkpoint';
import type { Logger } from '../telemetry/log';
import { describeBriefly, describeError } from '../telemetry/log';
import { inSpan, meter } from '../telemetry/telemetry';
import type { Message } from './message';
import { readMessage } from './message';
import { PoisonMessageError } from './message-errors';
import { createMessageRemoval } from './message-removal';

/** After this many tries a message goes to the dead-letter queue, with the reason. */
export const MAX_RECEIVES = 6;
const LONG_POLL_SECONDS = 20;
const AT_ONCE = 10;
/** Room that makes it worth to ask for more: a call for every single message costs more than most. */
const ROOM = 5;
/** A message that takes longer than this leaves its place to others, and is worked on all the same. */
const PLACE_MS = 10_000;
/** With those that have left their places. */
const AT_MOST = 50;
const LOOK_MS = 1_000;

export interface QueueConsumer {
  /** Finishes what is being worked on; what was not begun stays in the queue. */
  stop(): Promise<void>;
}

interface ConsumerParts {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly log: Logger;
  /** Resolves when the message's effect is committed and whoever waits for it was answered. */
  readonly handle: (message: Message, beat: Heartbeat) => Promise<void>;
  /** Called when a message is given up, before it goes to the dead-letter queue. */
  readonly giveUp: (message: Message, reason: string) => Promise<void>;
  /** How long a message may fill a place, in milliseconds; a test has less time. */
  readonly placeMs?: number;
}

/** Long work registers here what has to be told while it goes on. */
export interface Heartbeat {
  onBeat(beat: () => Promise<void>): void;
}

/**
 * Takes messages off a queue by long polling and works on up to ten at once; those that hang keep no
 * others waiting. While one is worked on its visibility is extended; a failure puts it back with a
 * growing pause; what cannot be read goes to the dead-letter queue at once, with the reason as an
 * attribute. Delivery is at least once: it is the handler's duty to have its effect once.
 */
export async function startQueueConsumer(parts: ConsumerParts): Promise<QueueConsumer> {
  const { queueUrl, deadLetterQueueUrl, log, handle, giveUp, placeMs = PLACE_MS } = parts;
  const sqs = new SQSClient({
    maxAttempts: 3,
    requestHandler: {
      ...AWS_TIMEOUTS.requestHandler,
      requestTimeout: (LONG_POLL_SECONDS + 5) * 1_000,
    },
  });
  const visibilitySeconds = await readVisibility(sqs, queueUrl);
  const stopping = new AbortController();
  /** What is worked on, and since when. */
  const working = new Map<Promise<void>, number>();
  const removal = createMessageRemoval(sqs, queueUrl, log);
  const handled = meter().createCounter('doccentr.messages');

  async function work(received: SqsMessage): Promise<void> {
    const beats: (() => Promise<void>)[] = [];
    const timer = setInterval(
      () => void extend(received, beats),
      Math.max(1_000, (visibilitySeconds * 1_000) / 3),
    );
    let message: Message | undefined;
    try {
      message = readMessage(received.Body ?? '');
      const known = message;
      await inSpan({ name: nameOf(known), kind: 'consumer', parent: known.trace }, () =>
        handle(known, { onBeat: (beat) => beats.push(beat) }),
      );
      checkpoint(nameOf(known), 'before-delete');
      removal.add(received.ReceiptHandle ?? '');
      handled.add(1, { outcome: 'done' });
    } catch (error) {
      await fail(received, message, error);
    } finally {
      clearInterval(timer);
    }
  }

  async function extend(received: SqsMessage, beats: readonly (() => Promise<void>)[]) {
    try {
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: received.ReceiptHandle,
          VisibilityTimeout: visibilitySeconds,
        }),
      );
      await Promise.all(beats.map((beat) => beat()));
    } catch (error) {
      log.warn(describeError(error), 'a message could not be held on to');
    }
  }

  async function fail(
    received: SqsMessage,
    message: Message | undefined,
    error: unknown,
  ): Promise<void> {
    const receives = Number(received.Attributes?.ApproximateReceiveCount ?? '1');
    const brief = describeBriefly(error);
    const reason = `${brief.error}: ${brief.reason}`;
    const isLast = error instanceof PoisonMessageError || receives >= MAX_RECEIVES;
    log.error({ ...describeError(error), receives, isLast }, 'a message failed');
    handled.add(1, { outcome: isLast ? 'dead' : 'failed' });
    try {
      if (isLast) {
        if (message !== undefined) await giveUp(message, reason);
        await bury(received, reason);
        removal.add(received.ReceiptHandle ?? '');
      } else {
        await putBack(received, receives);
      }
    } catch (problem) {
      // It becomes visible again by itself, and the queue's own limit moves it in the end.
      log.error(describeError(problem), 'a failed message could not be put aside');
    }
  }

  async function bury(received: SqsMessage, reason: string): Promise<void> {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MessageBody: received.Body ?? '',
        MessageAttributes: { reason: { DataType: 'String', StringValue: reason.slice(0, 250) } },
      }),
    );
  }

  async function putBack(received: SqsMessage, receives: number): Promise<void> {
    // Half fixed, half chance, so that what failed together does not come back together.
    const ceiling = Math.min(2 ** (receives - 1), 120);
    const pause = Math.ceil(ceiling / 2 + (Math.random() * ceiling) / 2);
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: received.ReceiptHandle,
        VisibilityTimeout: pause,
      }),
    );
  }

  async function receive(): Promise<readonly SqsMessage[]> {
    const answer = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: AT_ONCE - placesTaken(),
        WaitTimeSeconds: LONG_POLL_SECONDS,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
      { abortSignal: stopping.signal },
    );
    return answer.Messages ?? [];
  }

  function placesTaken(): number {
    const since = performance.now() - placeMs;
    return [...working.values()].filter((begun) => begun > since).length;
  }

  function isFull(): boolean {
    if (stopping.signal.aborted) return false;
    return placesTaken() > AT_ONCE - ROOM || working.size > AT_MOST - AT_ONCE;
  }

  /** Resolves when a message is done with, or it is time to look which of them hang. */
  async function oneEnded(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(LOOK_MS, placeMs));
    });
    await Promise.race([...working.keys(), late]);
    clearTimeout(timer);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        for (const message of await receive()) {
          const one = work(message).finally(() => working.delete(one));
          working.set(one, performance.now());
        }
      } catch (error) {
        if (isAbort(error)) break;
        log.error(describeError(error), 'the queue could not be read');
        await pause(1_000);
      }
      while (isFull()) await oneEnded();
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
      await Promise.allSettled(working.keys());
      await removal.finish();
      sqs.destroy();
    },
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function nameOf(message: Message): string {
  switch (message.kind) {
    case 'event':
      return message.event.name;
    case 'step':
      return message.request.step;
    case 'ses':
    case 'daily':
      return message.kind;
  }
}

async function readVisibility(sqs: SQSClient, queueUrl: string): Promise<number> {
  const answer = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['VisibilityTimeout'] }),
  );
  return Number(answer.Attributes?.VisibilityTimeout ?? '30');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
