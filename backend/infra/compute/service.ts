import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  AwsLogDriverMode,
  type Cluster,
  ContainerDependencyCondition,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
  LogDrivers,
  OperatingSystemFamily,
  PropagatedTagSource,
} from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { acknowledge } from '../acknowledge';
import type { StackInputs } from '../inputs';
import { type NetworkStack, REPOSITORIES } from '../network-stack';
import { metricsLogGroup } from '../platform/roles';
import { SERVICE_TABLE, nodeLimits } from '../services';
import { OTLP_PORT, collectorConfiguration } from './collector';

export interface ServiceProps {
  readonly service: ServiceName;
  readonly inputs: StackInputs['compute'];
  readonly network: NetworkStack;
  readonly cluster: Cluster;
  /** The service's role in the platform stack: what its code may do. */
  readonly role: Role;
}

/** One service on Fargate: migrates, serves, and is replaced without a gap or rolled back. */
export class ComputeService extends Construct {
  readonly service: FargateService;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceProps,
  ) {
    super(scope, id);
    const task = this.defineTask();
    const { cluster, inputs, network, service } = props;
    this.service = new FargateService(this, 'Service', {
      serviceName: `doccentr-${service}`,
      cluster: cluster as ICluster,
      taskDefinition: task,
      desiredCount: inputs.minTasks,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      vpcSubnets: { subnetGroupName: 'services' },
      securityGroups: [network.tasks],
      assignPublicIp: false,
      healthCheckGracePeriod: Duration.seconds(60),
      enableECSManagedTags: true,
      propagateTags: PropagatedTagSource.SERVICE,
    });
    this.service.attachToNetworkTargetGroup(network.targets[service]);
    const scaling = this.service.autoScaleTaskCount({
      minCapacity: inputs.minTasks,
      maxCapacity: Math.max(inputs.minTasks, inputs.maxTasks),
    });
    scaling.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: 60,
      scaleInCooldown: Duration.minutes(5),
      scaleOutCooldown: Duration.minutes(1),
    });
  }

  private defineTask(): FargateTaskDefinition {
    const { inputs, role, service } = this.props;
    const { region } = Stack.of(this);
    const logGroup = this.logGroup('Log', `/doccentr/services/${service}`);
    // Made here, so that the collector need not be allowed to.
    this.logGroup('Metrics', metricsLogGroup(service));
    const logging = (streamPrefix: string) =>
      LogDrivers.awsLogs({ logGroup, streamPrefix, mode: AwsLogDriverMode.NON_BLOCKING });
    const task = new FargateTaskDefinition(this, 'Task', {
      family: `doccentr-${service}`,
      cpu: inputs.cpu,
      memoryLimitMiB: inputs.memory,
      taskRole: Role.fromRoleArn(this, 'Role', role.roleArn, { mutable: false }),
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.ARM64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    });
    const image = this.image('services', inputs.imageTag);
    const environment = {
      ...nodeLimits(service),
      AWS_REGION: region,
      // The task's own network: its security group lets the load balancer in, and nobody else.
      DOCCENTR_SERVICE_HOST: '0.0.0.0',
      DOCCENTR_SERVICE_PORT: String(SERVICE_TABLE[service].port),
    };
    const migration = task.addContainer('migrate', {
      image,
      command: ['node', `${service}.mjs`, 'migrate'],
      environment,
      essential: false,
      readonlyRootFilesystem: true,
      logging: logging('migrate'),
    });
    const container = task.addContainer('service', {
      image,
      command: ['node', `${service}.mjs`],
      environment,
      readonlyRootFilesystem: true,
      logging: logging('service'),
      stopTimeout: Duration.seconds(60),
      portMappings: [{ containerPort: SERVICE_TABLE[service].port }],
      healthCheck: {
        command: [
          'CMD',
          'node',
          '-e',
          `fetch('http://127.0.0.1:${SERVICE_TABLE[service].port}/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`,
        ],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(30),
      },
    });
    container.addContainerDependencies({
      container: migration,
      condition: ContainerDependencyCondition.SUCCESS,
    });
    task.addContainer('collector', {
      image: this.image('collector', inputs.collectorTag),
      environment: {
        AWS_REGION: region,
        AOT_CONFIG_CONTENT: collectorConfiguration(service, region),
      },
      // Without it a service still serves.
      essential: false,
      memoryReservationMiB: 128,
      readonlyRootFilesystem: true,
      logging: logging('collector'),
      portMappings: [{ containerPort: OTLP_PORT }],
    });
    acknowledge(task, {
      'AwsSolutions-IAM5[Resource::*]':
        "Fetching images begins with ecr:GetAuthorizationToken, which knows no resources; it is the agent's role, not the service's.",
      'AwsSolutions-ECS2':
        'Region and port are no secrets and differ by stack; everything else comes from Parameter Store and Secrets Manager.',
    });
    return task;
  }

  private image(repository: keyof typeof REPOSITORIES, tag: string): ContainerImage {
    return ContainerImage.fromEcrRepository(
      Repository.fromRepositoryName(this, `Images-${repository}`, REPOSITORIES[repository]),
      tag,
    );
  }

  private logGroup(id: string, logGroupName: string): LogGroup {
    return new LogGroup(this, id, {
      logGroupName,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
