import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

import { SERVICES, type ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import type { StackInputs } from '../inputs';
import { CONSUMERS } from '../services';
import type { Messaging } from './messaging';
import type { Api } from './rest-api';
import type { Workflow } from './workflow';

/** Where the collector puts what services measure. */
export const METRICS_NAMESPACE = 'doccentr';

/** Age of the oldest entry that the relay has not published, in seconds, by `service`. */
export const OUTBOX_LAG_METRIC = 'doccentr.outbox.lag';

export interface ObservedParts {
  readonly api: Api;
  readonly messaging: Messaging;
  readonly workflow: Workflow;
}

/** When somebody has to look: alarms to one topic, and the dashboard that shows the rest. */
export class Observability extends Construct {
  readonly topic: Topic;
  private readonly rows: IWidget[][] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly inputs: StackInputs,
    parts: ObservedParts,
  ) {
    super(scope, id);
    this.topic = this.makeTopic();
    this.watchApi(parts.api);
    this.watchWorkflow(parts.workflow);
    this.watchQueues(parts.messaging);
    this.watchOutboxes();
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: 'doccentr' });
    for (const row of this.rows) dashboard.addWidgets(...row);
  }

  private makeTopic(): Topic {
    const key = new Key(this, 'AlarmsKey', {
      description: 'Alarms on their way to people',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    const topic = new Topic(this, 'Alarms', {
      topicName: 'doccentr-alarms',
      displayName: `doccentr ${this.inputs.environment}`,
      masterKey: key,
      enforceSSL: true,
    });
    if (this.inputs.alarmEmail !== null) {
      topic.addSubscription(new EmailSubscription(this.inputs.alarmEmail));
    }
    return topic;
  }

  private watchApi({ api }: Api): void {
    const stage = api.deploymentStage;
    const calls = stage.metricCount({ period: MINUTES_5 });
    // Each call counts 0 or 1, so that the average is the share.
    const share = stage.metricServerError({ period: MINUTES_5, statistic: 'Average' });
    this.alarm('ServerErrors', share, 0.01, 'More than 1 % of calls end in a 5xx', 2);
    this.rows.push([
      graph('Calls', [calls, stage.metricClientError({ period: MINUTES_5, statistic: 'Sum' })]),
      graph('Share of 5xx', [share]),
      graph('Latency', [
        stage.metricLatency({ period: MINUTES_5, statistic: 'p50' }),
        stage.metricLatency({ period: MINUTES_5, statistic: 'p99' }),
      ]),
    ]);
  }

  private watchWorkflow({ stateMachine }: Workflow): void {
    const failed = stateMachine.metricFailed({ period: MINUTES_5 });
    const timedOut = stateMachine.metricTimedOut({ period: MINUTES_5 });
    this.alarm('WorkflowFailures', failed, 0, 'A delivery ended in failure');
    this.alarm('WorkflowTimeouts', timedOut, 0, 'A delivery ran out of time: nobody recorded why');
    this.rows.push([
      graph('Deliveries', [
        stateMachine.metricStarted({ period: MINUTES_5 }),
        stateMachine.metricSucceeded({ period: MINUTES_5 }),
        failed,
        timedOut,
      ]),
      graph('Time of a delivery', [
        stateMachine.metricTime({ period: MINUTES_5, statistic: 'p50' }),
        stateMachine.metricTime({ period: MINUTES_5, statistic: 'p99' }),
      ]),
    ]);
  }

  private watchQueues(messaging: Messaging): void {
    const depths: IMetric[] = [];
    const ages: IMetric[] = [];
    for (const service of CONSUMERS) {
      const { queue, deadLetters } = messaging.of(service);
      const depth = deadLetters.metricApproximateNumberOfMessagesVisible({
        period: MINUTES_5,
        statistic: 'Maximum',
      });
      const age = queue.metricApproximateAgeOfOldestMessage({
        period: MINUTES_5,
        statistic: 'Maximum',
      });
      this.alarm(
        `DeadLetters-${service}`,
        depth,
        0,
        `A message of ${service} could not be handled: look at it, mend, redrive`,
      );
      this.alarm(
        `OldestMessage-${service}`,
        age,
        300,
        `${service} is more than five minutes behind its queue`,
        2,
      );
      depths.push(depth.with({ label: service }));
      ages.push(age.with({ label: service }));
    }
    this.rows.push([graph('Dead letters', depths), graph('Oldest message, s', ages)]);
  }

  private watchOutboxes(): void {
    const lags = SERVICES.map((service) => {
      const lag = outboxLag(service);
      this.alarm(
        `OutboxLag-${service}`,
        lag,
        60,
        `Events of ${service} wait for more than a minute before they are published`,
        2,
      );
      return lag.with({ label: service });
    });
    this.rows.push([graph('Outbox lag, s', lags)]);
  }

  private alarm(
    id: string,
    metric: IMetric,
    threshold: number,
    description: string,
    periods = 1,
  ): void {
    const alarm = new Alarm(this, id, {
      alarmName: `doccentr-${this.inputs.environment}-${id}`,
      alarmDescription: `${description} (docs/operations.md)`,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}

const MINUTES_5 = Duration.minutes(5);

function outboxLag(service: ServiceName): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: OUTBOX_LAG_METRIC,
    dimensionsMap: { service },
    statistic: 'Maximum',
    period: Duration.minutes(1),
  });
}

function graph(title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ title, left: [...left], width: 8, height: 6 });
}
