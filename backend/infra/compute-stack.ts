import {
  type IStackSynthesizer,
  LegacyStackSynthesizer,
  RemovalPolicy,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import { Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

import { SERVICES } from '../../src/shared/contracts/rest-v1/route';
import { ServiceDatabase } from './compute/database';
import { Firewall } from './compute/firewall';
import { ComputeService } from './compute/service';
import type { StackInputs } from './inputs';
import type { NetworkStack } from './network-stack';
import type { PlatformStack } from './platform-stack';
import { STAGE } from './platform/rest-api';

export const COMPUTE_STACK = 'doccentr-compute';

/** The services on ECS, their databases, and the web ACL before the API. Only AWS gets this stack. */
export class ComputeStack extends Stack {
  constructor(
    scope: Construct,
    inputs: StackInputs,
    network: NetworkStack,
    platform: PlatformStack,
  ) {
    super(scope, COMPUTE_STACK, {
      stackName: COMPUTE_STACK,
      description: 'doccentr: services and databases',
      synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer,
      terminationProtection: true,
    });
    Tags.of(this).add('application', 'doccentr');
    Tags.of(this).add('environment', inputs.environment);

    const key = new Key(this, 'DatabasesKey', {
      alias: 'alias/doccentr-databases',
      description: 'Storage and backups of the databases',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const cluster = new Cluster(this, 'Cluster', {
      clusterName: 'doccentr',
      vpc: network.vpc,
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    for (const service of SERVICES) {
      const shared = { service, inputs: inputs.compute, network };
      const database = new ServiceDatabase(this, `Database-${service}`, {
        ...shared,
        key,
      });
      const role = platform.roles.roles[service];
      const compute = new ComputeService(this, `Service-${service}`, { ...shared, cluster, role });
      compute.service.node.addDependency(database);
    }
    new Firewall(
      this,
      'Firewall',
      this.formatArn({
        service: 'apigateway',
        account: '',
        resource: `/restapis/${platform.api.api.restApiId}/stages`,
        resourceName: STAGE,
      }),
    );
  }
}
