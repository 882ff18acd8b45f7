import type { SQSClient } from '@aws-sdk/client-sqs';
import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';

import type { Logger } from '../telemetry/log';
import { describeError } from '../telemetry/log';

/** SQS takes ten in a call. */
const BATCH = 10;
/** Far below the time after which a message that was not removed comes again. */
const GATHER_MS = 100;

export interface MessageRemoval {
  /** Has a message that is done taken off the queue, along with others. */
  add(receiptHandle: string): void;
  /** Resolves when all that was added is off, or has been tried. */
  finish(): Promise<void>;
}

/**
 * Takes messages off a queue, up to ten by one call. One that could not be taken off comes again and
 * finds its effect there: that is a repeated delivery like any other.
 */
export function createMessageRemoval(
  sqs: SQSClient,
  queueUrl: string,
  log: Logger,
): MessageRemoval {
  let gathered: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const removing = new Set<Promise<void>>();

  async function remove(handles: readonly string[]): Promise<void> {
    try {
      const answer = await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: handles.map((handle, index) => ({ Id: String(index), ReceiptHandle: handle })),
        }),
      );
      const refused = (answer.Failed ?? []).map(({ Code }) => Code);
      if (refused.length > 0) log.warn({ codes: refused }, 'messages could not be removed');
    } catch (error) {
      log.warn(describeError(error), 'messages could not be removed');
    }
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (gathered.length === 0) return;
    const one = remove(gathered).finally(() => removing.delete(one));
    removing.add(one);
    gathered = [];
  }

  return {
    add(receiptHandle) {
      gathered.push(receiptHandle);
      if (gathered.length === BATCH) flush();
      else timer ??= setTimeout(flush, GATHER_MS);
    },
    async finish() {
      flush();
      await Promise.all(removing);
    },
  };
}
