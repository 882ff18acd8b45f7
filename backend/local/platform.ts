import { createHash } from 'node:crypto';

import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import type { Emulator } from './emulator';

export const STACK = 'doccentr-platform';

const BUCKET = 'doccentr-deployment';
const PATIENCE = { minDelay: 0.1, maxDelay: 0.5, maxWaitTime: 120 } as const;

/** A template as it was deployed; the same one again needs no deployment. */
export function templateDigest(template: string): string {
  return createHash('sha256').update(template).digest('hex');
}

/** Deploys the stack by CloudFormation: creates it, or brings it to this template. */
export async function deployStack(emulator: Emulator, template: string): Promise<void> {
  const client = cloudFormation(emulator);
  try {
    const request = {
      StackName: STACK,
      // A request takes 51,200 bytes; what is longer comes from a bucket.
      TemplateURL: await upload(emulator, template),
      Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    };
    const isNew = (await stackStatus(client)) === null;
    try {
      if (isNew) {
        await client.send(new CreateStackCommand(request));
        await waitUntilStackCreateComplete({ client, ...PATIENCE }, { StackName: STACK });
      } else {
        await client.send(new UpdateStackCommand(request));
        await waitUntilStackUpdateComplete({ client, ...PATIENCE }, { StackName: STACK });
      }
    } catch (error) {
      if (isNothingToDo(error)) return;
      throw new Error(await explainFailure(client, error), { cause: error });
    }
  } finally {
    client.destroy();
  }
}

/** The identifier of the stack's only REST API. */
export async function findRestApi(emulator: Emulator): Promise<string> {
  const client = cloudFormation(emulator);
  try {
    const { StackResources: resources = [] } = await client.send(
      new DescribeStackResourcesCommand({ StackName: STACK }),
    );
    const api = resources.find((resource) => resource.ResourceType === 'AWS::ApiGateway::RestApi');
    if (api?.PhysicalResourceId === undefined) throw new Error('the stack has no REST API');
    return api.PhysicalResourceId;
  } finally {
    client.destroy();
  }
}

function cloudFormation({ region, endpoint, adminCredentials }: Emulator): CloudFormationClient {
  return new CloudFormationClient({ region, endpoint, credentials: adminCredentials });
}

async function upload(emulator: Emulator, template: string): Promise<string> {
  const { region, endpoint, adminCredentials } = emulator;
  const client = new S3Client({
    region,
    endpoint,
    credentials: adminCredentials,
    forcePathStyle: true,
  });
  const key = `${templateDigest(template)}.json`;
  try {
    await client.send(new CreateBucketCommand({ Bucket: BUCKET })).catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'BucketAlreadyOwnedByYou') throw error;
    });
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: template }));
  } finally {
    client.destroy();
  }
  return `${endpoint}/${BUCKET}/${key}`;
}

async function stackStatus(client: CloudFormationClient): Promise<string | null> {
  try {
    const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    return stacks?.[0]?.StackStatus ?? null;
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return null;
    throw error;
  }
}

function isNothingToDo(error: unknown): boolean {
  return error instanceof Error && error.message.includes('No updates are to be performed');
}

async function explainFailure(client: CloudFormationClient, error: unknown): Promise<string> {
  const { StackEvents: events = [] } = await client
    .send(new DescribeStackEventsCommand({ StackName: STACK }))
    .catch(() => ({ StackEvents: [] }));
  const reasons = events
    .filter(({ ResourceStatus: status }) => status?.endsWith('_FAILED') === true)
    .map((event) => `  ${event.LogicalResourceId}: ${event.ResourceStatusReason}`);
  const first = `the platform stack could not be deployed: ${String(error).slice(0, 300)}`;
  return [first, ...reasons.slice(0, 10)].join('\n');
}
