import { randomInt, randomUUID } from 'node:crypto';

import {
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import type { RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it, onTestFailed } from 'vitest';
import { z } from 'zod';

import { CONSUMERS, eventPattern } from '../../backend/infra/services';
import { mailsTo } from '../../backend/kit/testing/cloud-mail';
import { invoiceView } from '../../src/shared/contracts/rest-v1/invoices';
import type { ServiceName } from '../../src/shared/contracts/rest-v1/route';
import type { Tenant } from './support/rest';
import { createClient, expectBody, registerTenant, rest, until } from './support/rest';

/** Queues deliver at least once and in any order; the effects are there once. */

const { awsEndpoint, adminCredentials, region } = inject('cloud');
const aws = { endpoint: awsEndpoint, region, credentials: adminCredentials };
const sqs = new SQSClient(aws);
const bus = new EventBridgeClient(aws);
const CAPTURE = { Rule: `capture-${randomUUID()}`, EventBusName: 'doccentr' };

let captured: string;

beforeAll(async () => {
  const queue = await sqs.send(new CreateQueueCommand({ QueueName: CAPTURE.Rule }));
  captured = queue.QueueUrl!;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: captured, AttributeNames: ['QueueArn'] }),
  );
  await bus.send(
    new PutRuleCommand({
      Name: CAPTURE.Rule,
      EventBusName: CAPTURE.EventBusName,
      EventPattern: JSON.stringify({ source: [{ prefix: 'doccentr.' }] }),
    }),
  );
  await bus.send(
    new PutTargetsCommand({ ...CAPTURE, Targets: [{ Id: 'one', Arn: Attributes!['QueueArn']! }] }),
  );
});

afterAll(async () => {
  await bus.send(new RemoveTargetsCommand({ ...CAPTURE, Ids: ['one'] }));
  sqs.destroy();
  bus.destroy();
});

const onBus = z.object({ 'detail-type': z.string() });

/** Everything that the bus carried of a tenant since the test began, along with others or alone. */
async function eventsOf(tenant: Tenant): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: captured, MaxNumberOfMessages: 10 }),
    );
    if (Messages === undefined || Messages.length === 0) break;
    for (const { Body, ReceiptHandle } of Messages) {
      if (Body!.includes(tenant.business)) bodies.push(Body!);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: captured, ReceiptHandle }));
    }
  }
  return bodies;
}

async function urlOf(queue: string): Promise<string> {
  return (await sqs.send(new GetQueueUrlCommand({ QueueName: queue }))).QueueUrl!;
}

/** Whether a service's rule would put the event into its queue. */
async function hears(service: ServiceName, body: string): Promise<boolean> {
  const EventPattern = JSON.stringify(eventPattern(service));
  const { Result } = await bus.send(new TestEventPatternCommand({ EventPattern, Event: body }));
  return Result === true;
}

/** The order in which messages come again; a failure names it, and this variable repeats it. */
const SEED_VARIABLE = 'DOCCENTR_REDELIVERY_SEED';
const seed = Number(process.env[SEED_VARIABLE] ?? randomInt(2 ** 31));

function shuffled<T>(values: readonly T[]): readonly T[] {
  return fc.sample(fc.shuffledSubarray([...values], { minLength: values.length }), {
    seed,
    numRuns: 1,
  })[0]!;
}

async function untilQuiet(): Promise<void> {
  const names = CONSUMERS.map((service) => `doccentr-${service}`);
  const urls = await Promise.all(names.map(urlOf));
  let quiet = 0;
  await until('the queues to be empty', async () => {
    const counts = await Promise.all(
      urls.map(async (QueueUrl) => {
        const { Attributes } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
        );
        const waiting = Number(Attributes?.['ApproximateNumberOfMessages']);
        return waiting + Number(Attributes?.['ApproximateNumberOfMessagesNotVisible']);
      }),
    );
    quiet = counts.every((count) => count === 0) ? quiet + 1 : 0;
    return quiet >= 3;
  });
}

const tableNames = z.array(z.object({ db: z.string(), name: z.string() }));

/** What must be the same after every message came again: all rows of a tenant but the mailbox. */
async function rowsOf(tenant: Tenant): Promise<Readonly<Record<string, readonly RowDataPacket[]>>> {
  const connection = await createConnection({ ...inject('cloud').database, dateStrings: true });
  try {
    const [tables] = await connection.query<RowDataPacket[]>(
      `select table_schema as db, table_name as name from information_schema.columns
       where table_schema like 'doccentr\\_%' and column_name = 'tenant' and table_name <> 'outbox'
       order by 1, 2`,
    );
    const found: Record<string, readonly RowDataPacket[]> = {};
    for (const { db, name } of tableNames.parse(tables)) {
      const [rows] = await connection.query<RowDataPacket[]>(
        `select * from ${db}.${name} where tenant = ? order by 1, 2`,
        [tenant.business],
      );
      found[`${db}.${name}`] = rows;
    }
    return found;
  } finally {
    await connection.end();
  }
}

const ITEMS = [{ description: 'Work', quantity: 3, unit_price: 20 }];

it('changes nothing when every message comes three times more, in any order', async () => {
  onTestFailed(() => {
    process.stderr.write(`to repeat this order: ${SEED_VARIABLE}=${seed}\n`);
  });
  const tenant = await registerTenant();
  const { token } = tenant;
  const client = await createClient(tenant);
  const order = await rest('POST', '/orders', {
    token,
    body: {
      client_id: client.id,
      items: [{ product_name: 'Work', quantity: 3, unit_price: 20 }],
    },
  });
  const { id: orderId } = expectBody(order, 201, z.looseObject({ id: z.int() }));
  const posted = await rest('POST', '/invoices', {
    token,
    body: { client_id: client.id, items: ITEMS, order_id: orderId },
  });
  const path = `/invoices/${expectBody(posted, 201, invoiceView).id}`;
  await until('the invoice to be sent', async () => {
    const now = expectBody(await rest('GET', path, { token }), 200, invoiceView);
    return now.delivery?.state === 'sent';
  });
  const paid = await rest('PUT', path, { token, body: { status: 'paid' } });
  expect(expectBody(paid, 200, z.looseObject({ status: z.string() })).status).toBe('paid');
  await rest('PUT', `/clients/${client.id}`, { token, body: { name: 'Another name' } });
  await untilQuiet();

  const before = await rowsOf(tenant);
  const events = await eventsOf(tenant);
  const names = events.map((body) => onBus.parse(JSON.parse(body))['detail-type']);
  expect(names).toEqual(
    expect.arrayContaining([
      'CreateInvoiceRequested',
      'NotificationRequested',
      'PDFGenerated',
      'InvoicesMoved',
    ]),
  );
  for (const body of shuffled([...events, ...events, ...events])) {
    for (const service of CONSUMERS) {
      if (!(await hears(service, body))) continue;
      const QueueUrl = await urlOf(`doccentr-${service}`);
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    }
  }
  await untilQuiet();
  expect(await rowsOf(tenant)).toEqual(before);
  expect(await mailsTo(client.email)).toHaveLength(1);
}, 120_000);

it('puts what it cannot read aside with the reason, and goes on', async () => {
  const mark = randomUUID();
  const queue = await urlOf('doccentr-clients');
  const deadLetters = await urlOf('doccentr-clients-dlq');
  await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: `{"${mark}": tru` }));
  const dead = await until('the dead letter', async () => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLetters,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 1,
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages?.find(({ Body }) => Body?.includes(mark));
  });
  expect(dead.MessageAttributes?.['reason']?.StringValue).toBe('PoisonMessageError: not JSON');
  await createClient(await registerTenant());
});

it('takes a dead letter up again when it is put back', async () => {
  const tenant = await registerTenant();
  const client = await createClient(tenant);
  await until('the projection', async () => (await clientInOrders(tenant, client.id)) !== null);
  const changed = await rest('PUT', `/clients/${client.id}`, {
    token: tenant.token,
    body: { archived: true },
  });
  expect(changed.status).toBe(200);
  const told = await until('the event', async () =>
    (await eventsOf(tenant)).find((body) => body.includes('"ClientUpdated"')),
  );
  // As after a consumer that gave up: the letter lies there, and an operator moves it back.
  const deadLetters = await urlOf('doccentr-orders-dlq');
  await forgetClient(tenant, client.id);
  await sqs.send(new SendMessageCommand({ QueueUrl: deadLetters, MessageBody: told }));
  await redrive(deadLetters, await urlOf('doccentr-orders'));
  await until('the projection', async () => (await clientInOrders(tenant, client.id)) !== null);
});

async function redrive(from: string, to: string): Promise<void> {
  for (;;) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: from, MaxNumberOfMessages: 10 }),
    );
    if (Messages === undefined || Messages.length === 0) return;
    for (const { Body, ReceiptHandle } of Messages) {
      await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
    }
  }
}

async function clientInOrders(tenant: Tenant, id: number): Promise<number | null> {
  const connection = await createConnection({ ...inject('cloud').database });
  const [rows] = await connection.query<RowDataPacket[]>(
    'select id from doccentr_orders.clients where tenant = ? and id = ?',
    [tenant.business, id],
  );
  await connection.end();
  return rows.length === 0 ? null : id;
}

async function forgetClient(tenant: Tenant, id: number): Promise<void> {
  const connection = await createConnection({ ...inject('cloud').database });
  await connection.query('delete from doccentr_orders.clients where tenant = ? and id = ?', [
    tenant.business,
    id,
  ]);
  await connection.end();
}
