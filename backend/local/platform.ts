import { createHash } from 'node:crypto';

import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  type Stack,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import type { Emulator } from './emulator';

const STACK = 'doccentr-platform';
const BUCKET = 'doccentr-deployment';

/** On the stack: which template it was last brought to. */
const DIGEST_TAG = 'doccentr:template';

const PATIENCE = { minDelay: 0.1, maxDelay: 0.5, maxWaitTime: 120 } as const;

/** The stack's outputs by name. */
export type Outputs = Readonly<Record<string, string>>;

/**
 * Deploys the stack by CloudFormation: creates it, or brings it to this template, or leaves it when
 * it has that already. Answers the stack's outputs.
 */
export async function deployStack(emulator: Emulator, template: string): Promise<Outputs> {
  const { region, endpoint, adminCredentials } = emulator;
  const client = new CloudFormationClient({ region, endpoint, credentials: adminCredentials });
  const digest = createHash('sha256').update(template).digest('hex');
  try {
    const before = await withoutFailedStart(client, await findStack(client));
    const isCurrent =
      before?.Tags?.some(({ Key, Value }) => Key === DIGEST_TAG && Value === digest) === true;
    if (isCurrent) return outputsOf(before);
    const request = {
      StackName: STACK,
      // A request takes 51,200 bytes; what is longer comes from a bucket.
      TemplateURL: await upload(emulator, template, digest),
      Capabilities: ['CAPABILITY_NAMED_IAM' as const],
      Tags: [{ Key: DIGEST_TAG, Value: digest }],
    };
    try {
      if (before === null) {
        await client.send(new CreateStackCommand(request));
        await waitUntilStackCreateComplete({ client, ...PATIENCE }, { StackName: STACK });
      } else {
        await client.send(new UpdateStackCommand(request));
        await waitUntilStackUpdateComplete({ client, ...PATIENCE }, { StackName: STACK });
      }
    } catch (error) {
      throw new Error(await explainFailure(client, error), { cause: error });
    }
    return outputsOf(await findStack(client));
  } finally {
    client.destroy();
  }
}

async function upload(emulator: Emulator, template: string, digest: string): Promise<string> {
  const { region, endpoint, adminCredentials } = emulator;
  const client = new S3Client({
    region,
    endpoint,
    credentials: adminCredentials,
    forcePathStyle: true,
  });
  const key = `${digest}.json`;
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

async function findStack(client: CloudFormationClient): Promise<Stack | null> {
  try {
    const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    return stacks?.[0] ?? null;
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return null;
    throw error;
  }
}

function outputsOf(stack: Stack | null): Outputs {
  const outputs = stack?.Outputs ?? [];
  return Object.fromEntries(
    outputs.map(({ OutputKey: name, OutputValue: value }) => [name ?? '', value ?? '']),
  );
}

/** A stack that never came to be can only be deleted. */
async function withoutFailedStart(
  client: CloudFormationClient,
  stack: Stack | null,
): Promise<Stack | null> {
  const neverStood = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'];
  if (stack === null || !neverStood.includes(stack.StackStatus ?? '')) return stack;
  await client.send(new DeleteStackCommand({ StackName: STACK }));
  await waitUntilStackDeleteComplete({ client, ...PATIENCE }, { StackName: STACK });
  return null;
}

async function explainFailure(client: CloudFormationClient, error: unknown): Promise<string> {
  const reasons: string[] = [];
  try {
    for await (const page of paginateDescribeStackEvents({ client }, { StackName: STACK })) {
      for (const event of page.StackEvents ?? []) {
        if (event.ResourceStatus?.endsWith('_FAILED') !== true) continue;
        reasons.push(`  ${event.LogicalResourceId}: ${event.ResourceStatusReason}`);
      }
    }
  } catch {
    // There is no stack to tell of: what was thrown says it all.
  }
  // Newest first: what failed first is the cause.
  const causes = reasons.length === 0 ? [`  ${String(error)}`] : reasons.toReversed().slice(0, 10);
  return ['the platform stack could not be deployed:', ...causes].join('\n');
}
