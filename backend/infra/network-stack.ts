import {
  Duration,
  type IStackSynthesizer,
  LegacyStackSynthesizer,
  RemovalPolicy,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import { VpcLink } from 'aws-cdk-lib/aws-apigateway';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  type IVpc,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Repository, RepositoryEncryption, TagMutability } from 'aws-cdk-lib/aws-ecr';
import {
  type INetworkLoadBalancer,
  NetworkLoadBalancer,
  NetworkTargetGroup,
  Protocol,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

import { SERVICES, type ServiceName } from '../../src/shared/contracts/rest-v1/route';
import { acknowledge } from './acknowledge';
import type { StackInputs } from './inputs';
import type { Integrations } from './platform/rest-api';
import { SERVICE_TABLE } from './services';

/** What tasks run: the services' one image and the collector's, copied here before a deployment. */
export const REPOSITORIES = {
  services: 'doccentr/services',
  collector: 'doccentr/collector',
} as const;

const NETWORK = '10.40.0.0/16';

export const NETWORK_STACK = 'doccentr-network';

/** The AWS services that tasks call: reached inside the network, since there is no way out of it. */
const ENDPOINTS = {
  Sqs: InterfaceVpcEndpointAwsService.SQS,
  Events: InterfaceVpcEndpointAwsService.EVENTBRIDGE,
  States: InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
  Parameters: InterfaceVpcEndpointAwsService.SSM,
  Secrets: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  Keys: InterfaceVpcEndpointAwsService.KMS,
  Mail: InterfaceVpcEndpointAwsService.EMAIL,
  Users: InterfaceVpcEndpointAwsService.COGNITO_IDP,
  Tokens: InterfaceVpcEndpointAwsService.STS,
  Traces: InterfaceVpcEndpointAwsService.XRAY,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
  Images: InterfaceVpcEndpointAwsService.ECR,
  ImageLayers: InterfaceVpcEndpointAwsService.ECR_DOCKER,
} as const;

/**
 * A network without a way out: private subnets in two zones, endpoints for the AWS services that are
 * called, and the internal load balancer by which the gateway and the services reach a service.
 */
export class NetworkStack extends Stack {
  readonly vpc: IVpc;
  readonly loadBalancer: INetworkLoadBalancer;
  /** Of the tasks: may call each other's ports, the endpoints and the databases. */
  readonly tasks: SecurityGroup;
  readonly databases: SecurityGroup;
  readonly integrations: Integrations;
  /** Where the tasks of a service register. */
  readonly targets: Readonly<Record<ServiceName, NetworkTargetGroup>>;

  constructor(scope: Construct, inputs: StackInputs) {
    super(scope, NETWORK_STACK, {
      stackName: NETWORK_STACK,
      description: 'doccentr: network and load balancer',
      synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer,
      terminationProtection: true,
    });
    Tags.of(this).add('application', 'doccentr');
    Tags.of(this).add('environment', inputs.environment);

    for (const [id, repositoryName] of Object.entries(REPOSITORIES)) {
      new Repository(this, `Images-${id}`, {
        repositoryName,
        imageScanOnPush: true,
        imageTagMutability: TagMutability.IMMUTABLE,
        encryption: RepositoryEncryption.KMS,
        lifecycleRules: [{ maxImageCount: 50 }],
        removalPolicy: RemovalPolicy.RETAIN,
      });
    }
    this.vpc = this.makeVpc();
    const balancer = this.securityGroup('Balancer', 'The load balancer of the services');
    this.tasks = this.securityGroup('Tasks', 'Tasks of the services');
    this.databases = this.securityGroup('Databases', 'Databases of the services');
    const endpoints = this.securityGroup('Endpoints', 'Endpoints of AWS services');
    endpoints.addIngressRule(this.tasks, Port.HTTPS, 'Tasks call AWS');
    this.tasks.addEgressRule(endpoints, Port.HTTPS, 'Calls of AWS');
    for (const [id, service] of Object.entries(ENDPOINTS)) {
      this.vpc.addInterfaceEndpoint(id, { service, securityGroups: [endpoints], open: false });
    }
    this.allowObjects();
    this.databases.addIngressRule(
      this.tasks,
      Port.tcp(DATABASE_PORT),
      'Services call their databases',
    );
    this.tasks.addEgressRule(
      this.databases,
      Port.tcp(DATABASE_PORT),
      'Each service its own database',
    );

    this.loadBalancer = new NetworkLoadBalancer(this, 'LoadBalancer', {
      vpc: this.vpc,
      internetFacing: false,
      crossZoneEnabled: true,
      deletionProtection: true,
      securityGroups: [balancer],
      // The gateway comes by PrivateLink and is no address of this network.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false,
    }) as INetworkLoadBalancer;
    for (const service of SERVICES) {
      const port = Port.tcp(SERVICE_TABLE[service].port);
      balancer.addIngressRule(Peer.ipv4(NETWORK), port, `Calls of ${service}`);
      balancer.addEgressRule(this.tasks, port, `To ${service}`);
      this.tasks.addIngressRule(balancer, port, `Calls of ${service}`);
      this.tasks.addEgressRule(balancer, port, `Calls of ${service} by others`);
    }
    this.targets = Object.fromEntries(
      SERVICES.map((service) => [service, this.listen(service)]),
    ) as Record<ServiceName, NetworkTargetGroup>;
    this.integrations = {
      vpcLink: new VpcLink(this, 'VpcLink', {
        vpcLinkName: 'doccentr',
        targets: [this.loadBalancer],
      }),
      addresses: Object.fromEntries(
        SERVICES.map((service) => [
          service,
          `http://${this.loadBalancer.loadBalancerDnsName}:${SERVICE_TABLE[service].port}`,
        ]),
      ) as Record<ServiceName, string>,
    };
    acknowledge(this.loadBalancer, {
      'AwsSolutions-ELB2':
        'A load balancer of connections logs TLS listeners only; the gateway logs every call, the network every flow.',
    });
  }

  private makeVpc(): IVpc {
    return new Vpc(this, 'Vpc', {
      vpcName: 'doccentr',
      ipAddresses: IpAddresses.cidr(NETWORK),
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'services', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 22 },
        { name: 'databases', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
      flowLogs: {
        all: {
          trafficType: FlowLogTrafficType.ALL,
          destination: FlowLogDestination.toCloudWatchLogs(
            new LogGroup(this, 'FlowLog', {
              logGroupName: '/doccentr/network/flows',
              retention: RetentionDays.ONE_MONTH,
              removalPolicy: RemovalPolicy.DESTROY,
            }),
          ),
        },
      },
    }) as IVpc;
  }

  private listen(service: ServiceName): NetworkTargetGroup {
    const { port } = SERVICE_TABLE[service];
    const targets = new NetworkTargetGroup(this, `Targets-${service}`, {
      vpc: this.vpc,
      port,
      protocol: Protocol.TCP,
      targetType: TargetType.IP,
      preserveClientIp: false,
      // As long as the gateway waits for an answer.
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        protocol: Protocol.HTTP,
        path: '/readyz',
        interval: Duration.seconds(10),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    this.loadBalancer.addListener(`Listener-${service}`, {
      port,
      protocol: Protocol.TCP,
      defaultTargetGroups: [targets],
    });
    return targets;
  }

  private securityGroup(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  /** S3 is reached by a route, under its public addresses. */
  private allowObjects(): void {
    this.vpc.addGatewayEndpoint('Objects', { service: GatewayVpcEndpointAwsService.S3 });
    this.tasks.addEgressRule(
      Peer.ipv4('0.0.0.0/0'),
      Port.HTTPS,
      'S3 by its gateway endpoint: nothing else has a route',
    );
  }
}

/** Not MySQL's own port, which is the first that anybody tries. */
export const DATABASE_PORT = 13_306;
