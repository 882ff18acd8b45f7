import { Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  CompositePrincipal,
  type IPrincipal,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

import { SERVICES, type ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { acknowledge, shown } from '../acknowledge';
import { differs } from '../emulator-differences';
import type { StackInputs } from '../inputs';
import { CONSUMERS, type Permission, SERVICE_TABLE, sourceOf } from '../services';
import type { Identity } from './identity';
import type { Mail } from './mail';
import type { Messaging } from './messaging';
import type { Secrets } from './secrets';
import { DOCUMENT_PREFIX, type Storage } from './storage';
import { STATE_MACHINE_NAME, type Workflow } from './workflow';

/** Below this name in Parameter Store is everything that services are told. */
export const PARAMETER_PREFIX = '/doccentr';

export interface RoleParts {
  readonly identity: Identity;
  readonly mail: Mail;
  readonly messaging: Messaging;
  readonly secrets: Secrets;
  readonly storage: Storage;
  readonly workflow: Workflow;
}

/** One role per service, `doccentr-<service>`, that may do what the service's row says and no more. */
export class ServiceRoles extends Construct {
  readonly roles: Readonly<Record<ServiceName, Role>>;

  constructor(scope: Construct, id: string, inputs: StackInputs, parts: RoleParts) {
    super(scope, id);
    this.roles = Object.fromEntries(
      SERVICES.map((service) => [service, this.makeRole(service, inputs, parts)]),
    ) as Record<ServiceName, Role>;
  }

  private makeRole(service: ServiceName, inputs: StackInputs, parts: RoleParts): Role {
    const role = new Role(this, `Role-${service}`, {
      roleName: `doccentr-${service}`,
      description: `What the ${service} service may do`,
      assumedBy: this.whoAssumes(inputs),
    });
    const statements = [
      ...this.everyService(service, parts),
      ...(CONSUMERS.includes(service) ? ownQueues(service, parts.messaging) : []),
      ...SERVICE_TABLE[service].permissions.flatMap((permission) =>
        this.permitted(permission, inputs, parts),
      ),
    ];
    for (const statement of statements) role.addToPolicy(statement);
    for (const statement of statements) this.acknowledgeWildcards(role, statement);
    return role;
  }

  private whoAssumes(inputs: StackInputs): IPrincipal {
    const tasks = new ServicePrincipal('ecs-tasks.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    return differs(inputs, 'roles_trust_the_account')
      ? new CompositePrincipal(tasks, new AccountRootPrincipal())
      : tasks;
  }

  /** Configuration, its own secret, its own events, its own traces. */
  private everyService(service: ServiceName, parts: RoleParts): readonly PolicyStatement[] {
    const stack = Stack.of(this);
    return [
      new PolicyStatement({
        sid: 'Configuration',
        actions: ['ssm:GetParametersByPath'],
        resources: ['', '/*'].map((below) =>
          stack.formatArn({ service: 'ssm', resource: `parameter${PARAMETER_PREFIX}${below}` }),
        ),
      }),
      new PolicyStatement({
        sid: 'OwnSecret',
        actions: ['secretsmanager:GetSecretValue'],
        resources: [parts.secrets.arnPattern(service)],
      }),
      new PolicyStatement({
        sid: 'ReadSecrets',
        actions: ['kms:Decrypt'],
        resources: [parts.secrets.key.keyArn],
        conditions: {
          StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` },
          StringLike: { 'kms:EncryptionContext:SecretARN': parts.secrets.arnPattern(service) },
        },
      }),
      new PolicyStatement({
        sid: 'OwnEvents',
        actions: ['events:PutEvents'],
        resources: [parts.messaging.bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': sourceOf(service) } },
      }),
      new PolicyStatement({
        sid: 'Traces',
        actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
        resources: ['*'],
      }),
      new PolicyStatement({
        sid: 'Metrics',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        resources: [
          stack.formatArn({
            service: 'logs',
            resource: `log-group:${metricsLogGroup(service)}:*`,
          }),
        ],
      }),
    ];
  }

  private permitted(
    permission: Permission,
    inputs: StackInputs,
    parts: RoleParts,
  ): readonly PolicyStatement[] {
    const stack = Stack.of(this);
    const { stateMachine } = parts.workflow;
    const documents = parts.storage.bucket.arnForObjects(`${DOCUMENT_PREFIX}/*`);
    const documentsKey = (actions: readonly string[]) =>
      new PolicyStatement({
        sid: 'DocumentsKey',
        actions: [...actions],
        resources: [parts.storage.documentsKey.keyArn],
      });
    switch (permission) {
      case 'answer_workflow':
        return [
          new PolicyStatement({
            sid: 'AnswerWorkflow',
            actions: [
              'states:SendTaskSuccess',
              'states:SendTaskFailure',
              'states:SendTaskHeartbeat',
            ],
            resources: ['*'],
          }),
        ];
      case 'start_workflow':
        return [
          new PolicyStatement({
            sid: 'StartWorkflow',
            actions: ['states:StartExecution'],
            resources: [stateMachine.stateMachineArn],
          }),
          new PolicyStatement({
            sid: 'LookAtWorkflow',
            actions: ['states:DescribeExecution'],
            resources: [
              stack.formatArn({
                service: 'states',
                resource: `execution:${STATE_MACHINE_NAME}:*`,
              }),
            ],
          }),
        ];
      case 'write_documents':
        return [
          new PolicyStatement({
            sid: 'WriteDocuments',
            actions: ['s3:PutObject', 's3:GetObject'],
            resources: [documents],
          }),
          documentsKey(['kms:Decrypt', 'kms:GenerateDataKey']),
        ];
      case 'read_documents':
        return [
          new PolicyStatement({
            sid: 'ReadDocuments',
            actions: ['s3:GetObject'],
            resources: [documents],
          }),
          documentsKey(['kms:Decrypt']),
        ];
      case 'send_mail':
        return [
          new PolicyStatement({
            sid: 'SendMail',
            actions: ['ses:SendEmail', 'ses:SendRawEmail'],
            resources: [parts.mail.identityArn, parts.mail.configurationSetArn],
            conditions: { StringEquals: { 'ses:FromAddress': inputs.mail.from } },
          }),
          new PolicyStatement({
            sid: 'LookAtSender',
            actions: ['ses:GetEmailIdentity'],
            resources: [parts.mail.identityArn],
          }),
        ];
      case 'manage_users':
        return [
          new PolicyStatement({
            sid: 'ManageUsers',
            actions: ['cognito-idp:AdminInitiateAuth', 'cognito-idp:AdminGetUser'],
            resources: [parts.identity.pool.userPoolArn],
          }),
        ];
    }
  }

  /** Each wildcard is one that is listed here; any other stops the synthesis. */
  private acknowledgeWildcards(role: Role, statement: PolicyStatement): void {
    const reason = WILDCARD_REASONS[statement.sid ?? ''];
    if (reason === undefined) return;
    for (const resource of statement.resources) {
      acknowledge(role, {
        [`AwsSolutions-IAM5[Resource::${shown(Stack.of(this), resource)}]`]: reason,
      });
    }
  }
}

/** Why a statement's resources hold a wildcard, by its id. */
export const WILDCARD_REASONS: Readonly<Record<string, string>> = {
  Configuration: 'All parameters below /doccentr are for the services; none of them is a secret.',
  OwnSecret: 'Secrets Manager ends the name of every secret in six characters of its own.',
  ReadSecrets: 'Secrets Manager ends the name of every secret in six characters of its own.',
  Traces: 'X-Ray knows no resources.',
  Metrics: "The collector makes its streams in its service's own log group.",
  AnswerWorkflow:
    'A task token names its execution and cannot be guessed; Step Functions checks these actions against no resource that is known beforehand.',
  LookAtWorkflow: 'Executions of the one state machine; their names are made when they start.',
  WriteDocuments: 'Keys hold tenant, invoice and hash; the service checks the tenant.',
  ReadDocuments: 'Keys hold tenant, invoice and hash; the service checks the tenant.',
};

/** Where a service's collector writes metrics, in CloudWatch's embedded format. */
export function metricsLogGroup(service: ServiceName): string {
  return `/doccentr/metrics/${service}`;
}

function ownQueues(service: ServiceName, messaging: Messaging): readonly PolicyStatement[] {
  const { queue, deadLetters } = messaging.of(service);
  return [
    new PolicyStatement({
      sid: 'OwnQueue',
      actions: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
      ],
      resources: [queue.queueArn],
    }),
    new PolicyStatement({
      sid: 'OwnDeadLetters',
      actions: ['sqs:SendMessage'],
      resources: [deadLetters.queueArn],
    }),
  ];
}
