import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';

import { SERVICES, needsToken } from '../../src/shared/contracts/rest-v1/route';
import { ALL_ROUTES } from '../../src/shared/contracts/rest-v1/routes';
import { EMULATOR_DIFFERENCES } from './emulator-differences';
import { WILDCARD_REASONS } from './platform/roles';
import { CONSUMERS, EVENT_SOURCES, SERVICE_TABLE } from './services';
import {
  awsPlatformTemplate,
  listOf,
  localTemplate,
  resources,
  statementsOf,
} from './testing/templates';

let aws: Template;
let local: Template;
let localMethods: ReturnType<typeof methodsOf>;

beforeAll(() => {
  aws = awsPlatformTemplate();
  local = localTemplate();
  localMethods = methodsOf(local);
});

describe('roles', () => {
  it('name resources, but for the wildcards that have a reason', () => {
    for (const service of SERVICES) {
      for (const statement of statementsOf(aws, `doccentr-${service}`)) {
        expect(statement.Effect).toBe('Allow');
        for (const action of listOf(statement.Action)) expect(action).not.toMatch(/\*/u);
        const hasWildcard = /[*?]/u.test(JSON.stringify(statement.Resource));
        if (hasWildcard) expect(Object.keys(WILDCARD_REASONS)).toContain(statement.Sid);
      }
    }
  });

  it('open everything of a kind for traces and task tokens alone', () => {
    const open = SERVICES.flatMap((service) =>
      statementsOf(aws, `doccentr-${service}`)
        .filter(({ Resource }) => listOf(Resource).includes('*'))
        .map(({ Sid }) => Sid),
    );
    expect([...new Set(open)].sort()).toEqual(['AnswerWorkflow', 'Traces']);
  });

  it.each(SERVICES)('let %s publish under its own name alone', (service) => {
    const publishing = statementsOf(aws, `doccentr-${service}`).filter(({ Action }) =>
      listOf(Action).includes('events:PutEvents'),
    );
    expect(publishing.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'events:source': `doccentr.${service}` } },
    ]);
  });

  it.each(SERVICES)('let %s do what its row says and no more', (service) => {
    const { permissions } = SERVICE_TABLE[service];
    const actions = new Set(
      statementsOf(aws, `doccentr-${service}`).flatMap(({ Action }) => listOf(Action)),
    );
    expect(actions.has('ses:SendEmail')).toBe(permissions.includes('send_mail'));
    expect(actions.has('s3:PutObject')).toBe(permissions.includes('write_documents'));
    expect(actions.has('states:StartExecution')).toBe(permissions.includes('start_workflow'));
    expect(actions.has('states:SendTaskSuccess')).toBe(permissions.includes('answer_workflow'));
    expect(actions.has('cognito-idp:AdminGetUser')).toBe(permissions.includes('manage_users'));
    expect(actions.has('sqs:ReceiveMessage')).toBe(CONSUMERS.includes(service));
  });

  it('allow no call that no service makes', () => {
    const backend = join(import.meta.dirname, '..');
    const sources = globSync('{kit,services}/**/*.ts', { cwd: backend })
      .filter((file) => !/\.test\.ts$|\/testing\//u.test(file))
      .map((file) => readFileSync(join(backend, file), 'utf8'))
      .join('\n');
    const allowed = SERVICES.flatMap((service) =>
      statementsOf(aws, `doccentr-${service}`).flatMap(({ Action }) => listOf(Action).map(String)),
    );
    const unused = [...new Set(allowed)].filter((action) => {
      const [, call] = action.split(':');
      return !new RegExp(`\\bnew ${call}(Batch)?Command\\b`, 'u').test(sources);
    });
    expect(unused.sort()).toEqual([
      // Asked for by S3 and by Secrets Manager, for whoever calls them.
      'kms:Decrypt',
      'kms:GenerateDataKey',
      // The collector's.
      'logs:CreateLogStream',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      // SendEmail with a message that is whole already.
      'ses:SendRawEmail',
      // The collector's.
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  it('are assumed by ECS alone on AWS', () => {
    for (const service of SERVICES) {
      aws.hasResourceProperties('AWS::IAM::Role', {
        RoleName: `doccentr-${service}`,
        AssumeRolePolicyDocument: {
          Statement: [Match.objectLike({ Principal: { Service: 'ecs-tasks.amazonaws.com' } })],
        },
      });
    }
  });
});

describe('the bus', () => {
  it('denies each source to all but its speaker, and unknown sources to everyone', () => {
    const policies = resources(aws, 'AWS::Events::EventBusPolicy').map(
      ([, { Properties }]) => Properties['Statement'] as Record<string, unknown>,
    );
    expect(policies).toHaveLength(EVENT_SOURCES.length + 1);
    for (const policy of policies) expect(policy).toMatchObject({ Effect: 'Deny', Principal: '*' });
    const conditions = policies.map(
      ({ Condition }) => Condition as Record<string, Record<string, unknown>>,
    );
    for (const { source } of EVENT_SOURCES) {
      const own = conditions.find((one) => one['StringEquals']?.['events:source'] === source);
      expect(own?.['ArnNotEquals']?.['aws:PrincipalArn']).toHaveProperty('Fn::GetAtt');
    }
    expect(conditions).toContainEqual({
      StringNotEquals: { 'events:source': EVENT_SOURCES.map(({ source }) => source) },
    });
  });
});

describe('queues', () => {
  it('have dead letters with an alarm, and an alarm for their oldest message', () => {
    const queues = resources(aws, 'AWS::SQS::Queue');
    const alarms = resources(aws, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties);
    expect(queues).toHaveLength(2 * CONSUMERS.length);
    for (const [id, { Properties }] of queues) {
      const isDeadLetters = String(Properties['QueueName']).endsWith('-dlq');
      expect(Properties['RedrivePolicy'] === undefined).toBe(isDeadLetters);
      const metric = isDeadLetters
        ? 'ApproximateNumberOfMessagesVisible'
        : 'ApproximateAgeOfOldestMessage';
      const watching = alarms.filter(
        (alarm) =>
          alarm['MetricName'] === metric && JSON.stringify(alarm['Dimensions']).includes(`"${id}"`),
      );
      expect(watching).toHaveLength(1);
      expect(watching[0]!['AlarmActions']).toHaveLength(1);
    }
  });

  it('are filled by rules whose undelivered events are kept', () => {
    const rules = resources(aws, 'AWS::Events::Rule');
    expect(rules).toHaveLength(CONSUMERS.length + 1);
    for (const [, { Properties }] of rules) {
      const [target] = Properties['Targets'] as readonly Record<string, unknown>[];
      expect(target).toHaveProperty('DeadLetterConfig.Arn');
    }
    aws.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: Match.objectLike({
        Input: '{"kind":"daily","version":1}',
        DeadLetterConfig: Match.anyValue(),
      }),
    });
  });
});

describe('the workflow', () => {
  it('logs without task tokens, and is traced', () => {
    aws.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'doccentr-send-invoice',
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });
});

describe('alarms', () => {
  it.each(['5XXError', 'ExecutionsFailed', 'ExecutionsTimedOut'])('watch %s', (MetricName) => {
    aws.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName });
  });

  it('watch the outbox of every service', () => {
    for (const Value of SERVICES) {
      aws.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Namespace: 'doccentr',
        MetricName: 'doccentr.outbox.lag',
        Dimensions: [{ Name: 'service', Value }],
      });
    }
  });
});

it('shows on a dashboard what its alarms watch', () => {
  const [[, board] = [], ...more] = resources(aws, 'AWS::CloudWatch::Dashboard');
  expect(more).toEqual([]);
  const body = JSON.stringify(board?.Properties['DashboardBody']);
  for (const metric of [
    '5XXError',
    'ExecutionsFailed',
    'ApproximateNumberOfMessagesVisible',
    'ApproximateAgeOfOldestMessage',
    'doccentr.outbox.lag',
  ]) {
    expect(body).toContain(metric);
  }
});

/** Methods of the API with the path that they stand at. */
function methodsOf(template: Template) {
  const parts = new Map(
    resources(template, 'AWS::ApiGateway::Resource').map(([id, { Properties }]) => [
      id,
      {
        part: String(Properties['PathPart']),
        parent: (Properties['ParentId'] as { readonly Ref?: string }).Ref,
      },
    ]),
  );
  const pathOf = (id: string | undefined): string => {
    const found = id === undefined ? undefined : parts.get(id);
    return found === undefined ? '' : `${pathOf(found.parent)}/${found.part}`;
  };
  return resources(template, 'AWS::ApiGateway::Method').map(([, { Properties }]) => ({
    path: pathOf((Properties['ResourceId'] as { readonly Ref?: string }).Ref),
    method: String(Properties['HttpMethod']),
    authorization: Properties['AuthorizationType'],
    authorizer: Properties['AuthorizerId'],
    integration: Properties['Integration'] as Readonly<Record<string, unknown>>,
  }));
}

describe('the API', () => {
  it('has every route of the table and none besides', () => {
    expect(
      methodsOf(aws)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual(ALL_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(ALL_ROUTES.map((route) => [route.operationId, route] as const))(
    'asks for a token where %s does, and hands its path on',
    (_, route) => {
      const method = localMethods.find(
        (one) => one.path === route.path && one.method === route.method,
      );
      expect(method?.authorization).toBe(needsToken(route) ? 'COGNITO_USER_POOLS' : 'NONE');
      expect(method?.authorizer !== undefined).toBe(needsToken(route));
      const port = 9100 + SERVICES.indexOf(route.service);
      expect(method?.integration).toMatchObject({
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: route.method,
        Uri: `http://127.0.0.1:${port}/v1${route.path}`,
        RequestParameters: Object.fromEntries(
          Object.keys(route.params?.shape ?? {}).map((name) => [
            `integration.request.path.${name}`,
            `method.request.path.${name}`,
          ]),
        ),
      });
    },
  );

  it('goes through the VPC link on AWS', () => {
    for (const { integration } of methodsOf(aws)) {
      expect(integration).toMatchObject({ ConnectionType: 'VPC_LINK' });
    }
  });

  it('is throttled, logged, traced and compressed, and open operations are throttled harder', () => {
    aws.hasResourceProperties('AWS::ApiGateway::RestApi', { MinimumCompressionSize: 1024 });
    aws.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'v1',
      TracingEnabled: true,
      AccessLogSetting: { DestinationArn: Match.anyValue() },
      MethodSettings: Match.arrayWith([
        Match.objectLike({ ResourcePath: '/*', ThrottlingRateLimit: 500, DataTraceEnabled: false }),
        Match.objectLike({ ResourcePath: '/~1auth~1login', ThrottlingRateLimit: 20 }),
      ]),
    });
  });

  it('refuses in the shape of the contract', () => {
    const answers = resources(aws, 'AWS::ApiGateway::GatewayResponse');
    expect(answers.length).toBeGreaterThan(10);
    for (const [, { Properties }] of answers) {
      expect(Properties['ResponseParameters']).toMatchObject({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
      });
      const { 'application/json': body } = Properties['ResponseTemplates'] as Record<
        string,
        string
      >;
      expect(JSON.parse(body!)).toMatchObject({ type: 'about:blank' });
    }
  });
});

describe('documents and users', () => {
  it('are encrypted, versioned and never public', () => {
    aws.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: Match.anyValue(),
            },
          }),
        ],
      },
    });
  });

  it('outlive the stack', () => {
    for (const type of [
      'AWS::S3::Bucket',
      'AWS::Cognito::UserPool',
      'AWS::SecretsManager::Secret',
    ]) {
      for (const [, resource] of resources(aws, type)) {
        expect(resource).toMatchObject({ DeletionPolicy: 'Retain' });
      }
    }
  });

  it('sign in with a verified address, a strong password and, if they like, a second factor', () => {
    aws.hasResourceProperties('AWS::Cognito::UserPool', {
      AutoVerifiedAttributes: ['email'],
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: {
        PasswordPolicy: Match.objectLike({
          MinimumLength: 10,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireUppercase: true,
        }),
      },
      // Its own mail goes the way of all mail.
      EmailConfiguration: Match.objectLike({ EmailSendingAccount: 'DEVELOPER' }),
    });
  });

  it('write no attribute but e-mail and name', () => {
    aws.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      WriteAttributes: ['email', 'name'],
      GenerateSecret: false,
      ExplicitAuthFlows: Match.arrayEquals([
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ]),
    });
  });
});

describe("the emulator's template", () => {
  it('holds the same resources as that for AWS', () => {
    const names = (template: Template, without: readonly string[]) =>
      Object.entries(template.toJSON()['Resources'] as Record<string, { Type: string }>)
        .filter(([, { Type }]) => !without.includes(Type))
        .map(([id]) => id.replace(/Deployment[0-9a-f]{32,}$/iu, 'Deployment'))
        // The demand for TLS is all that the bucket's policy holds.
        .filter((id) => !/^StorageDocumentsPolicy/u.test(id))
        // Where databases stand, on AWS the compute stack says.
        .filter((id) => !/^Configurationdatabase(host|port)/u.test(id))
        .filter((id) => !/^ObservabilityAlarms\w*operations/u.test(id))
        .sort();
    const ignored = ['AWS::ApiGateway::Deployment', 'AWS::SNS::Subscription'];
    expect(names(local, ignored)).toEqual(names(aws, ignored));
  });

  it('differs for listed reasons alone', () => {
    for (const reason of Object.values(EMULATOR_DIFFERENCES))
      expect(reason.length).toBeGreaterThan(40);
    const policies = (template: Template) =>
      JSON.stringify([
        template.findResources('AWS::SQS::QueuePolicy'),
        template.findResources('AWS::S3::BucketPolicy'),
      ]);
    expect(policies(aws).match(/SecureTransport/gu)).toHaveLength(2 * CONSUMERS.length + 1);
    expect(policies(local)).not.toContain('SecureTransport');
    const launcher = JSON.stringify(local.findResources('AWS::IAM::Role')).match(/:root"/gu);
    expect(launcher).toHaveLength(SERVICES.length);
  });
});
