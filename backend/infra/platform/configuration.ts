import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

import { SERVICES, type ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import type { StackInputs } from '../inputs';
import { PARAMETER_PREFIX, type RoleParts, type ServiceRoles } from './roles';
import { databaseName } from './secrets';

/** What services are told of their surroundings: Parameter Store, below `/doccentr`. */
export class Configuration extends Construct {
  constructor(
    scope: Construct,
    id: string,
    inputs: StackInputs,
    parts: RoleParts & {
      readonly roles: ServiceRoles;
      readonly addresses: Readonly<Record<ServiceName, string>>;
    },
  ) {
    super(scope, id);
    const { identity, mail, messaging, storage, workflow } = parts;
    this.put('bus-name', messaging.bus.eventBusName);
    this.put('state-machine-arn', workflow.stateMachine.stateMachineArn);
    this.put('bucket-name', storage.bucket.bucketName);
    this.put('user-pool-id', identity.pool.userPoolId);
    this.put('user-pool-client-id', identity.client.userPoolClientId);
    this.put('issuer', identity.issuer);
    this.put('jwks-uri', identity.keysAddress);
    this.put('mail-from', inputs.mail.from);
    this.put('mail-configuration-set', mail.configurationSetName);
    this.put('telemetry/otlp-endpoint', inputs.otlpEndpoint);
    this.put('limits/mails-per-day', String(inputs.mail.perDay));
    this.put('database/tls', inputs.database === null ? 'rds' : inputs.database.tls);
    if (inputs.database !== null) {
      this.put('database/host', inputs.database.host);
      this.put('database/port', String(inputs.database.port));
    }
    for (const [service, { queue, deadLetters }] of messaging.queues) {
      this.put(`queue-url/${service}`, queue.queueUrl);
      this.put(`dlq-url/${service}`, deadLetters.queueUrl);
    }
    for (const service of SERVICES) {
      this.put(`database/name/${service}`, databaseName(service));
      this.put(`service-url/${service}`, parts.addresses[service]);
      this.put(`role-arn/${service}`, parts.roles.roles[service].roleArn);
    }
  }

  private put(name: string, value: string): void {
    new StringParameter(this, name.replaceAll('/', '-'), {
      parameterName: `${PARAMETER_PREFIX}/${name}`,
      stringValue: value,
    });
  }
}
