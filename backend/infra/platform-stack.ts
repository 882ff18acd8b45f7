import {
  CfnOutput,
  type IStackSynthesizer,
  LegacyStackSynthesizer,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { SERVICES } from '../../src/shared/contracts/rest-v1/route';
import type { StackInputs } from './inputs';
import { Configuration } from './platform/configuration';
import { Identity } from './platform/identity';
import { Mail } from './platform/mail';
import { Messaging } from './platform/messaging';
import { Observability } from './platform/observability';
import { Api, type Integrations, STAGE } from './platform/rest-api';
import { ServiceRoles } from './platform/roles';
import { Secrets } from './platform/secrets';
import { Storage } from './platform/storage';
import { Workflow } from './platform/workflow';

export const PLATFORM_STACK = 'doccentr-platform';

/**
 * What the services stand on: sign-in, API, bus, queues, workflow, storage, mail, configuration,
 * secrets, roles. The same code makes what AWS gets and what the emulator gets; they differ in the
 * inputs, and in what emulator-differences.ts lists.
 */
export class PlatformStack extends Stack {
  readonly api: Api;
  readonly messaging: Messaging;
  readonly secrets: Secrets;
  readonly roles: ServiceRoles;

  constructor(scope: Construct, inputs: StackInputs, integrations: Integrations) {
    super(scope, PLATFORM_STACK, {
      stackName: PLATFORM_STACK,
      description: 'doccentr: API, events, workflow and storage',
      // No assets, so no bootstrap stack is needed.
      synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer,
      terminationProtection: true,
    });
    Tags.of(this).add('application', 'doccentr');
    Tags.of(this).add('environment', inputs.environment);

    const mail = new Mail(this, 'Mail', inputs);
    const identity = new Identity(this, 'Identity', inputs, mail);
    const storage = new Storage(this, 'Storage', inputs);
    const messaging = new Messaging(this, 'Messaging', inputs);
    const secrets = new Secrets(this, 'Secrets');
    const workflow = new Workflow(this, 'Workflow', inputs, messaging.bus);
    const parts = { identity, mail, messaging, secrets, storage, workflow };
    const roles = new ServiceRoles(this, 'Roles', inputs, parts);
    messaging.denyForeignSources({
      ...(Object.fromEntries(
        SERVICES.map((service) => [service, roles.roles[service].roleArn]),
      ) as Record<(typeof SERVICES)[number], string>),
      workflow: workflow.role.roleArn,
    });
    new Configuration(this, 'Configuration', inputs, {
      ...parts,
      roles,
      addresses: integrations.addresses,
    });
    const api = new Api(this, 'Api', inputs, identity.pool, integrations);

    new Observability(this, 'Observability', inputs, { api, messaging, workflow });

    this.output('ApiId', api.api.restApiId);
    this.output(
      'ApiUrl',
      `https://${api.api.restApiId}.execute-api.${this.region}.${this.urlSuffix}/${STAGE}`,
    );
    this.output('UserPoolId', identity.pool.userPoolId);
    this.output('UserPoolClientId', identity.client.userPoolClientId);
    this.output('BucketName', storage.bucket.bucketName);
    this.output('StateMachineArn', workflow.stateMachine.stateMachineArn);
    this.output('BusName', messaging.bus.eventBusName);

    this.api = api;
    this.messaging = messaging;
    this.secrets = secrets;
    this.roles = roles;
  }

  private output(name: string, value: string): void {
    new CfnOutput(this, name, { value });
  }
}
