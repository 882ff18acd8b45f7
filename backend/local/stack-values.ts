import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';

import type { Emulator } from './emulator';
import type { ServiceDatabase } from './service-databases';

const secretSchema = z.object({ username: z.string(), password: z.string() });

/** A parameter of the stack by its name below `/doccentr/`. */
export async function readParameter(emulator: Emulator, name: string): Promise<string> {
  const client = new SSMClient(clientOptions(emulator));
  try {
    const { Parameter: parameter } = await client.send(
      new GetParameterCommand({ Name: `/doccentr/${name}` }),
    );
    if (parameter?.Value === undefined) throw new Error(`the parameter ${name} has no value`);
    return parameter.Value;
  } finally {
    client.destroy();
  }
}

/** The database of each service with the user and password that the stack made for it. */
export async function readDatabases(
  emulator: Emulator,
  services: readonly string[],
): Promise<readonly ServiceDatabase[]> {
  const client = new SecretsManagerClient(clientOptions(emulator));
  try {
    return await Promise.all(
      services.map(async (service) => {
        const { SecretString: text } = await client.send(
          new GetSecretValueCommand({ SecretId: `doccentr/database/${service}` }),
        );
        const secret = secretSchema.parse(JSON.parse(text ?? 'null'));
        return { database: `doccentr_${service}`, ...secret };
      }),
    );
  } finally {
    client.destroy();
  }
}

function clientOptions({ region, endpoint, adminCredentials }: Emulator) {
  return { region, endpoint, credentials: adminCredentials };
}
