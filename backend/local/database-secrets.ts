import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';

import type { Emulator } from './emulator';
import type { ServiceDatabase } from './service-databases';

const secretSchema = z.object({ username: z.string(), password: z.string() });

/** The database of each service with the user and password that the stack made for it. */
export async function readDatabases(
  emulator: Emulator,
  services: readonly string[],
): Promise<readonly ServiceDatabase[]> {
  const { region, endpoint, adminCredentials } = emulator;
  const client = new SecretsManagerClient({ region, endpoint, credentials: adminCredentials });
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
