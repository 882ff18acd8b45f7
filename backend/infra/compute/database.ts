import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { type Key } from 'aws-cdk-lib/aws-kms';
import {
  CaCertificate,
  Credentials,
  DatabaseInstance,
  DatabaseInstanceEngine,
  MysqlEngineVersion,
  ParameterGroup,
  PerformanceInsightRetention,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { acknowledge } from '../acknowledge';
import type { StackInputs } from '../inputs';
import { DATABASE_PORT, type NetworkStack } from '../network-stack';
import { PARAMETER_PREFIX } from '../platform/roles';
import { databaseName, secretName } from '../platform/secrets';

export interface DatabaseProps {
  readonly service: ServiceName;
  readonly inputs: StackInputs['compute'];
  readonly network: NetworkStack;
  readonly key: Key;
}

/** The MySQL instance of one service: nobody else's data is on it, nobody else has its password. */
export class ServiceDatabase extends Construct {
  readonly instance: DatabaseInstance;

  constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { service, inputs, network, key } = props;
    const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_9 });
    this.instance = new DatabaseInstance(this, 'Instance', {
      instanceIdentifier: `doccentr-${service}`,
      engine,
      instanceType: new InstanceType(inputs.databaseInstance),
      vpc: network.vpc,
      vpcSubnets: { subnetGroupName: 'databases' },
      securityGroups: [network.databases],
      port: DATABASE_PORT,
      databaseName: databaseName(service),
      // By its name: the platform stack, which made it, knows nothing of this one.
      credentials: Credentials.fromSecret(
        Secret.fromSecretNameV2(this, 'Secret', secretName(service)),
      ),
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine,
        description: `MySQL of ${service}`,
        parameters: {
          character_set_server: 'utf8mb4',
          collation_server: 'utf8mb4_unicode_ci',
          time_zone: 'UTC',
          transaction_isolation: 'READ-COMMITTED',
          // One commit, one write: an acknowledged change is on disk.
          innodb_flush_log_at_trx_commit: '1',
          sync_binlog: '1',
        },
      }),
      storageType: StorageType.GP3,
      allocatedStorage: inputs.databaseGigabytes,
      maxAllocatedStorage: inputs.databaseGigabytes * 10,
      storageEncrypted: true,
      storageEncryptionKey: key,
      multiAz: true,
      backupRetention: Duration.days(inputs.backupDays),
      copyTagsToSnapshot: true,
      deletionProtection: true,
      deleteAutomatedBackups: false,
      autoMinorVersionUpgrade: true,
      caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
      cloudwatchLogsExports: ['error', 'slowquery'],
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: key,
      performanceInsightRetention: PerformanceInsightRetention.DEFAULT,
      monitoringInterval: Duration.minutes(1),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]':
        'RDS demands this policy for its monitoring; it allows writing metrics of RDS and nothing else.',
    });
    const { dbInstanceEndpointAddress: host, dbInstanceEndpointPort: port } = this.instance;
    for (const [name, stringValue] of Object.entries({ host, port })) {
      new StringParameter(this, name, {
        parameterName: `${PARAMETER_PREFIX}/database/${name}/${service}`,
        stringValue,
      });
    }
  }
}
