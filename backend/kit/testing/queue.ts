import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';

import type { EventData, EventName } from '../../../src/shared/contracts/events/events';
import { eventSource } from '../../../src/shared/contracts/events/events';
import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';

/** Puts messages into the queue of a service as the bus does: as often and in any order. */
export interface EventSender {
  send<N extends EventName>(name: N, tenant: string, data: EventData<N>): Promise<void>;
  close(): void;
}

export async function openEventSender(service: ServiceName): Promise<EventSender> {
  const { awsEndpoint, adminCredentials, region } = inject('cloud');
  const sqs = new SQSClient({ endpoint: awsEndpoint, region, credentials: adminCredentials });
  const queue = await sqs.send(new GetQueueUrlCommand({ QueueName: `doccentr-${service}` }));
  return {
    async send(name, tenant, data) {
      const detail = {
        version: 1,
        id: crypto.randomUUID(),
        tenant,
        occurred_at: new Date().toISOString(),
        trace: {},
        data,
      };
      const body = { 'detail-type': name, source: eventSource(name), detail };
      await sqs.send(
        new SendMessageCommand({ QueueUrl: queue.QueueUrl, MessageBody: JSON.stringify(body) }),
      );
    },
    close: () => sqs.destroy(),
  };
}
