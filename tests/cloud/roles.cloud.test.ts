import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { ListStateMachinesCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeAll, describe, expect, inject, it } from 'vitest';

import type { Permission } from '../../backend/infra/services';
import { CONSUMERS, SERVICE_TABLE } from '../../backend/infra/services';
import type { ServiceName } from '../../src/shared/contracts/rest-v1/route';
import { SERVICES } from '../../src/shared/contracts/rest-v1/route';

/** Each service runs under a role of its own; what is not its business is refused by AWS itself. */

const { awsEndpoint, adminCredentials, region, userPoolId } = inject('cloud');
const admin = { endpoint: awsEndpoint, region, credentials: adminCredentials };

async function roleOf(service: ServiceName) {
  const sts = new STSClient(admin);
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::000000000000:role/doccentr-${service}`,
      RoleSessionName: 'test',
    }),
  );
  return {
    ...admin,
    credentials: {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    },
  };
}

type Role = Awaited<ReturnType<typeof roleOf>>;

let bucket: string;
let machine: string;

beforeAll(async () => {
  const s3 = new S3Client({ ...admin, forcePathStyle: true });
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  bucket = Buckets!.find(({ Name }) => Name?.includes('documents'))!.Name!;
  const { stateMachines } = await new SFNClient(admin).send(new ListStateMachinesCommand({}));
  machine = stateMachines!.find(({ name }) => name === 'doccentr-send-invoice')!.stateMachineArn!;
});

async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    const { name } = error as Error;
    return /AccessDenied|NotAuthorized|Forbidden/u.test(name) ? 'refused' : name;
  }
}

function readSecret(role: Role, service: ServiceName): Promise<string> {
  const SecretId = `doccentr/database/${service}`;
  return outcomeOf(new SecretsManagerClient(role).send(new GetSecretValueCommand({ SecretId })));
}

async function readQueue(role: Role, service: ServiceName): Promise<string> {
  const QueueName = `doccentr-${service}-dlq`;
  const { QueueUrl } = await new SQSClient(admin).send(new GetQueueUrlCommand({ QueueName }));
  return outcomeOf(new SQSClient(role).send(new ReceiveMessageCommand({ QueueUrl })));
}

async function publish(role: Role, source: string): Promise<string> {
  const DetailType = 'Probe';
  const Entries = [{ EventBusName: 'doccentr', Source: source, DetailType, Detail: '{}' }];
  try {
    const answer = await new EventBridgeClient(role).send(new PutEventsCommand({ Entries }));
    return answer.Entries?.[0]?.ErrorCode === undefined ? 'allowed' : 'refused';
  } catch {
    return 'refused';
  }
}

describe.each(SERVICES)('the role of %s', (service) => {
  const other = SERVICES.find((one) => one !== service)!;

  /** What the role may not do, for those that need not. */
  function unless(permission: Permission, name: string, test: () => Promise<void>): void {
    if (!SERVICE_TABLE[service].permissions.includes(permission)) it(name, test);
  }

  it('opens its own secret and no other', async () => {
    const role = await roleOf(service);
    expect(await readSecret(role, service)).toBe('allowed');
    expect(await readSecret(role, other)).toBe('refused');
  });

  it('reads no queue of another service', async () => {
    const foreign = CONSUMERS.find((one) => one !== service)!;
    expect(await readQueue(await roleOf(service), foreign)).toBe('refused');
  });

  it('speaks in no other name', async () => {
    const role = await roleOf(service);
    expect(await publish(role, `doccentr.${other}`)).toBe('refused');
    expect(await publish(role, 'doccentr.workflow')).toBe('refused');
  });

  unless('write_documents', 'writes no documents', async () => {
    const s3 = new S3Client({ ...(await roleOf(service)), forcePathStyle: true });
    const put = new PutObjectCommand({ Bucket: bucket, Key: 'documents/probe.pdf', Body: 'x' });
    expect(await outcomeOf(s3.send(put))).toBe('refused');
  });

  unless('start_workflow', 'starts no workflow', async () => {
    const workflows = new SFNClient(await roleOf(service));
    const start = new StartExecutionCommand({ stateMachineArn: machine, input: '{}' });
    expect(await outcomeOf(workflows.send(start))).toBe('refused');
  });

  unless('send_mail', 'sends no mail', async () => {
    const text = { Data: 'probe' };
    const mail = new SendEmailCommand({
      FromEmailAddress: 'invoices@doccentr.example',
      Destination: { ToAddresses: ['probe@example.com'] },
      Content: { Simple: { Subject: text, Body: { Text: text } } },
    });
    expect(await outcomeOf(new SESv2Client(await roleOf(service)).send(mail))).toBe('refused');
  });

  unless('manage_users', 'knows nothing of users', async () => {
    const cognito = new CognitoIdentityProviderClient(await roleOf(service));
    const list = new ListUsersCommand({ UserPoolId: userPoolId });
    expect(await outcomeOf(cognito.send(list))).toBe('refused');
  });
});
