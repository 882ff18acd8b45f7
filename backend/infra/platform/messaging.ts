import { Duration, Stack } from 'aws-cdk-lib';
import { CfnEventBusPolicy, CfnRule, EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { differs } from '../emulator-differences';
import type { StackInputs } from '../inputs';
import { CONSUMERS, EVENT_SOURCES, SERVICE_TABLE, eventPattern } from '../services';

export interface ServiceQueues {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** What EventBridge could not deliver within a day goes to the dead letters of the target. */
const DELIVERY = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/** The bus, and for each consumer its queue, its dead letters and the rule that fills it. */
export class Messaging extends Construct {
  readonly bus: EventBus;
  readonly queues: ReadonlyMap<ServiceName, ServiceQueues>;

  constructor(scope: Construct, id: string, inputs: StackInputs) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: 'doccentr',
      description: 'Events of the services, and the requests of the workflow',
    });
    this.queues = new Map(CONSUMERS.map((service) => [service, this.makeQueues(service, inputs)]));
    for (const service of CONSUMERS) this.routeEvents(service);
    this.scheduleDailyJobs(inputs);
  }

  /** The queues of a service; a service without any is a mistake of the caller. */
  of(service: ServiceName): ServiceQueues {
    const queues = this.queues.get(service);
    if (queues === undefined) throw new Error(`${service} has no queue`);
    return queues;
  }

  /**
   * Nobody publishes under a name that is not his own, whatever his role allows: each source is
   * denied to all but its speaker, and a source that nobody owns to everyone.
   */
  denyForeignSources(speakers: Readonly<Record<ServiceName | 'workflow', string>>): void {
    for (const { speaker, source } of EVENT_SOURCES) {
      this.deny(`only-${speaker}`, {
        StringEquals: { 'events:source': source },
        ArnNotEquals: { 'aws:PrincipalArn': speakers[speaker] },
      });
    }
    this.deny('no-unknown-source', {
      StringNotEquals: { 'events:source': EVENT_SOURCES.map(({ source }) => source) },
    });
  }

  private deny(sid: string, conditions: Record<string, Record<string, string | string[]>>): void {
    new CfnEventBusPolicy(this, `Policy-${sid}`, {
      eventBusName: this.bus.eventBusName,
      statementId: sid,
      statement: {
        Sid: sid,
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: this.bus.eventBusArn,
        Condition: conditions,
      },
    });
  }

  private makeQueues(service: ServiceName, inputs: StackInputs): ServiceQueues {
    const shared = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: !differs(inputs, 'no_demand_for_tls'),
      retentionPeriod: Duration.days(14),
    };
    const name = `doccentr-${service}`;
    const deadLetters = new Queue(this, `DeadLetters-${service}`, {
      ...shared,
      queueName: `${name}-dlq`,
    });
    const queue = new Queue(this, `Queue-${service}`, {
      ...shared,
      queueName: name,
      visibilityTimeout: Duration.seconds(inputs.queues.visibilitySeconds),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: inputs.queues.maxReceiveCount },
    });
    return { queue, deadLetters };
  }

  private routeEvents(service: ServiceName): void {
    this.addRule(service, `doccentr-${service}`, {
      eventBusName: this.bus.eventBusName,
      eventPattern: eventPattern(service),
      description: `Events and requests for ${service}`,
    });
    if (SERVICE_TABLE[service].mailEvents !== true) return;
    // SES speaks on the account's default bus.
    this.addRule(service, `doccentr-${service}-mail`, {
      eventPattern: { source: ['aws.ses'] },
      description: 'What became of mails',
    });
  }

  private addRule(
    service: ServiceName,
    name: string,
    properties: Readonly<
      Pick<CfnRule, 'eventPattern'> & { description: string; eventBusName?: string }
    >,
  ): void {
    const { queue, deadLetters } = this.of(service);
    const rule = new CfnRule(this, `Rule-${name.replace('doccentr-', '')}`, {
      name,
      ...properties,
      targets: [
        {
          id: service,
          arn: queue.queueArn,
          deadLetterConfig: { arn: deadLetters.queueArn },
          retryPolicy: {
            maximumEventAgeInSeconds: DELIVERY.maximumEventAgeInSeconds,
            maximumRetryAttempts: DELIVERY.maximumRetryAttempts,
          },
        },
      ],
    });
    for (const target of [queue, deadLetters]) {
      target.addToResourcePolicy(
        new PolicyStatement({
          sid: `Rule${name.replaceAll(/[^a-z]/g, '')}`,
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [target.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
        }),
      );
    }
  }

  private scheduleDailyJobs(inputs: StackInputs): void {
    for (const service of CONSUMERS) {
      if (SERVICE_TABLE[service].dailyJobs !== true) continue;
      const { queue, deadLetters } = this.of(service);
      const role = new Role(this, 'ScheduleRole', {
        description: 'Puts the hourly wake-up into the queue',
        assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
        }),
      });
      role.addToPolicy(
        new PolicyStatement({
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn, deadLetters.queueArn],
        }),
      );
      new CfnSchedule(this, 'DailySchedule', {
        name: 'doccentr-daily',
        description: 'Overdue invoices and reminders: the service knows whose day has begun',
        scheduleExpression: inputs.dailyJobs,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: queue.queueArn,
          roleArn: role.roleArn,
          input: JSON.stringify({ kind: 'daily', version: 1 }),
          deadLetterConfig: { arn: deadLetters.queueArn },
          retryPolicy: DELIVERY,
        },
      });
    }
  }
}
