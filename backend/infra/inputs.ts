import { z } from 'zod';

import { SERVICES } from '../../src/shared/contracts/rest-v1/route';

const address = z.url({ protocol: /^https?$/ }).refine((url) => !url.endsWith('/'), {
  message: 'without a slash at its end',
});
const seconds = z.int().min(1);

/**
 * Where the gateway finds the services: at addresses that are known beforehand (processes on this
 * machine), or behind the load balancer of the network stack, through its VPC link.
 */
const integration = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('addresses'), addresses: z.record(z.enum(SERVICES), address) }),
  z.object({ kind: z.literal('vpc_link') }),
]);

/** What the stacks are made from: everything in which one installation differs from another. */
export const stackInputs = z.object({
  /** Tags, and the name in alarms. */
  environment: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/),
  /** Where the template goes to: `emulator` applies the list in emulator-differences.ts. */
  target: z.enum(['aws', 'emulator']).default('aws'),
  integration: integration.default({ kind: 'vpc_link' }),
  /** Null: CloudFormation makes a name that nobody else has. */
  bucketName: z.string().min(3).max(63).nullable().default(null),
  /** Host and port of the databases; null: those of the compute stack, which writes them itself. */
  database: z
    .object({
      host: z.string(),
      port: z.int().min(1).max(65_535),
      /** `rds`: encrypted, and by a certificate of RDS; `off` is for the same machine. */
      tls: z.enum(['rds', 'off']).default('rds'),
    })
    .nullable()
    .default(null),
  /** Where Cognito answers, without the pool; null: the region's own address. */
  tokenKeysEndpoint: address.nullable().default(null),
  mail: z.object({
    /** The From of every mail; its domain is the identity that SES verifies. */
    from: z.email(),
    perDay: z.int().min(0).default(500),
  }),
  queues: z
    .object({
      /** How long a received message stays hidden; consumers extend it while they work. */
      visibilitySeconds: seconds.max(43_200).default(60),
      maxReceiveCount: z.int().min(1).max(1000).default(8),
    })
    .prefault({}),
  workflow: z
    .object({
      /**
       * The longest silence of a step. It includes the wait in the queue, where nobody can send a
       * heartbeat, so it must outlast a backlog; a crashed worker is covered by the queue long before.
       */
      heartbeatSeconds: seconds.default(900),
      timeoutSeconds: seconds.default(3600),
      retryIntervalSeconds: seconds.default(2),
      maxAttempts: z.int().min(0).default(4),
    })
    .refine((workflow) => workflow.heartbeatSeconds < workflow.timeoutSeconds, {
      message: 'a heartbeat is due before the time is up',
    })
    .prefault({}),
  throttling: z
    .object({
      /** Calls per second of the whole stage, and how many may come at once. */
      rate: z.number().min(1).default(500),
      burst: z.int().min(1).default(1000),
      /** The same for each operation that needs no token: what guesses passwords is slowed down. */
      openRate: z.number().min(1).default(20),
      openBurst: z.int().min(1).default(40),
    })
    .prefault({}),
  /** An expression of EventBridge Scheduler; the invoices service decides by each business's day. */
  dailyJobs: z.string().default('rate(1 hour)'),
  /** OTLP over HTTP; `none` where nobody collects. */
  otlpEndpoint: z.string().default('http://127.0.0.1:4318'),
  /** Who is told of alarms; null: they are shown in CloudWatch alone. */
  alarmEmail: z.email().nullable().default(null),
  /** Of the compute stack. */
  compute: z
    .object({
      /** Tag of the images of the services and of the collector, in the repositories of the network stack. */
      imageTag: z.string().default('latest'),
      collectorTag: z.string().default('v0.43.3'),
      /** Thousandths of a virtual CPU, and MiB, of each task. */
      cpu: z.int().default(512),
      memory: z.int().default(1024),
      minTasks: z.int().min(1).default(2),
      maxTasks: z.int().min(1).default(6),
      databaseInstance: z.string().default('t4g.small'),
      databaseGigabytes: z.int().min(20).default(20),
      /** Days that backups are kept. Devices keep for 35 what the cloud acknowledged (R62). */
      backupDays: z.int().min(1).max(30).default(14),
    })
    .prefault({}),
});

export type StackInputs = z.output<typeof stackInputs>;
export type StackInputsGiven = z.input<typeof stackInputs>;

/** The part of an e-mail address that SES verifies. */
export function mailDomain(inputs: Pick<StackInputs, 'mail'>): string {
  return inputs.mail.from.slice(inputs.mail.from.lastIndexOf('@') + 1);
}
