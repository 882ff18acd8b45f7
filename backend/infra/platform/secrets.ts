import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

import { SERVICES, type ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { acknowledge } from '../acknowledge';

/** Letters and digits alone: nothing that an address or a statement would have to escape. */
const EXCLUDED = ' %+~`#$&*()|[]{}:;<>?!\'/@"\\^=,.-_';

/** One database user per service: `doccentr/database/<service>` holds `{username, password}`. */
export class Secrets extends Construct {
  readonly key: Key;
  readonly database: Readonly<Record<ServiceName, Secret>>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      alias: 'alias/doccentr-secrets',
      description: 'Passwords of the database users',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.database = Object.fromEntries(
      SERVICES.map((service) => [service, this.databaseSecret(service)]),
    ) as Record<ServiceName, Secret>;
  }

  /** Matches the one secret of a service: its ARN ends in six characters that nobody chooses. */
  arnPattern(service: ServiceName): string {
    return Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: `secret:${secretName(service)}-??????`,
    });
  }

  private databaseSecret(service: ServiceName): Secret {
    const secret = new Secret(this, `Database-${service}`, {
      secretName: secretName(service),
      description: `The database user of ${service}`,
      encryptionKey: this.key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: databaseName(service) }),
        generateStringKey: 'password',
        passwordLength: 32,
        excludeCharacters: EXCLUDED,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'A service reads its password when it starts; rotation goes with a deployment (docs/operations.md), not by a timer behind its back.',
    });
    return secret;
  }
}

/** What the secret of a service's database user is called. */
export function secretName(service: ServiceName): string {
  return `doccentr/database/${service}`;
}

/** Database and database user of a service bear the same name. */
export function databaseName(service: ServiceName): string {
  return `doccentr_${service}`;
}
