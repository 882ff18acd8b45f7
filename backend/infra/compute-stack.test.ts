import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { problem } from '../../src/shared/contracts/rest-v1/problem';
import { SERVICES } from '../../src/shared/contracts/rest-v1/route';
import { COMPUTE_STACK } from './compute-stack';
import { stackInputs } from './inputs';
import { addNag } from './nag';
import { NETWORK_STACK } from './network-stack';
import { PLATFORM_STACK } from './platform-stack';
import { synthesizeAll } from './synthesize';
import { AWS_INPUTS, resources } from './testing/templates';

const refusal = z.object({
  ResponseCode: z.int(),
  CustomResponseBodyKey: z.string(),
  ResponseHeaders: z.array(z.object({ Name: z.string() })).optional(),
});
const firewall = z.object({
  Rules: z.array(
    z.object({
      Action: z.object({ Block: z.object({ CustomResponse: refusal }) }).optional(),
    }),
  ),
  CustomResponseBodies: z.record(
    z.string(),
    z.object({ ContentType: z.string(), Content: z.string() }),
  ),
});

let compute: Template;
let network: Template;
let names: readonly string[];

beforeAll(() => {
  // Throws when cdk-nag finds something that has no reason beside it.
  const templates = synthesizeAll(stackInputs.parse(AWS_INPUTS));
  names = Object.keys(templates);
  compute = Template.fromJSON(templates[COMPUTE_STACK]!);
  network = Template.fromJSON(templates[NETWORK_STACK]!);
});

describe('services', () => {
  it('are rolled back when a deployment does not become healthy', () => {
    const services = resources(compute, 'AWS::ECS::Service');
    expect(services).toHaveLength(SERVICES.length);
    for (const [, { Properties }] of services) {
      expect(Properties).toMatchObject({
        DeploymentConfiguration: {
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
          MinimumHealthyPercent: 100,
        },
        NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
      });
    }
    compute.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', SERVICES.length);
  });

  it('migrate before they serve, are looked after, and have a collector beside them', () => {
    for (const [, { Properties }] of resources(compute, 'AWS::ECS::TaskDefinition')) {
      const containers = Properties['ContainerDefinitions'] as readonly Record<string, unknown>[];
      expect(containers.map(({ Name }) => Name)).toEqual(['migrate', 'service', 'collector']);
      expect(containers[1]).toMatchObject({
        DependsOn: [{ ContainerName: 'migrate', Condition: 'SUCCESS' }],
        HealthCheck: { Retries: 3 },
        ReadonlyRootFilesystem: true,
      });
      // The load balancer is not on its loopback.
      expect(containers[1]?.['Environment']).toContainEqual({
        Name: 'DOCCENTR_SERVICE_HOST',
        Value: '0.0.0.0',
      });
    }
  });
});

describe('databases', () => {
  it('are encrypted, kept in two zones, backed up and not to be deleted', () => {
    const instances = resources(compute, 'AWS::RDS::DBInstance');
    expect(instances).toHaveLength(SERVICES.length);
    for (const [, { Properties }] of instances) {
      expect(Properties).toMatchObject({
        Engine: 'mysql',
        StorageEncrypted: true,
        MultiAZ: true,
        DeletionProtection: true,
        BackupRetentionPeriod: 14,
        PubliclyAccessible: false,
      });
      expect(Properties['EngineVersion']).toMatch(/^8\.4\./u);
    }
  });
});

describe('the network', () => {
  it('has no way out', () => {
    for (const type of ['AWS::EC2::NatGateway', 'AWS::EC2::InternetGateway', 'AWS::EC2::EIP']) {
      network.resourceCountIs(type, 0);
    }
    network.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    network.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
    });
  });

  it('lets nobody in but by the load balancer', () => {
    const open = JSON.stringify([
      network.findResources('AWS::EC2::SecurityGroupIngress'),
      resources(network, 'AWS::EC2::SecurityGroup').map(
        ([, { Properties }]) => Properties['SecurityGroupIngress'],
      ),
    ]);
    expect(open).not.toContain('0.0.0.0/0');
  });
});

describe('the firewall', () => {
  it('stands before the stage and counts calls by address', () => {
    compute.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    compute.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'REGIONAL',
      Rules: Match.arrayWith([
        Match.objectLike({ Name: 'calls-per-address' }),
        Match.objectLike({ Name: 'open-calls-per-address' }),
      ]),
    });
  });

  it('refuses with a problem document of its own, and says when to come back', () => {
    const [[, acl] = []] = resources(compute, 'AWS::WAFv2::WebACL');
    const { Rules, CustomResponseBodies } = firewall.parse(acl?.Properties);
    const refusals = Rules.flatMap(({ Action }) => Action?.Block.CustomResponse ?? []);
    expect(refusals.map(({ ResponseCode }) => ResponseCode)).toEqual([429, 429, 413]);
    for (const { ResponseCode, CustomResponseBodyKey, ResponseHeaders } of refusals) {
      const { ContentType, Content } = CustomResponseBodies[CustomResponseBodyKey]!;
      expect(ContentType).toBe('APPLICATION_JSON');
      expect(problem.parse(JSON.parse(Content)).status).toBe(ResponseCode);
      const names = (ResponseHeaders ?? []).map(({ Name }) => Name);
      expect(names).toEqual(ResponseCode === 429 ? ['Retry-After'] : []);
    }
  });
});

describe('cdk-nag', () => {
  it('finds nothing in the stacks that has no reason beside it', () => {
    expect(names).toEqual([NETWORK_STACK, PLATFORM_STACK, COMPUTE_STACK]);
  });

  it('stops the synthesis of a stack with a finding', () => {
    const app = new App({ analyticsReporting: false });
    addNag(app);
    new Queue(new Stack(app, 'without-dead-letters'), 'Queue');
    expect(() => app.synth()).toThrow();
  });
});
