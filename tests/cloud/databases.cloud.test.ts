import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { expect, inject, it } from 'vitest';

import { SERVICES } from '../../src/shared/contracts/rest-v1/route';

/** Connects as the service does, with the secret that is its own. */
async function connectAs(service: string) {
  const { awsEndpoint, adminCredentials, region, database } = inject('cloud');
  const secrets = new SecretsManagerClient({
    endpoint: awsEndpoint,
    region,
    credentials: adminCredentials,
  });
  const secret = await secrets.send(
    new GetSecretValueCommand({ SecretId: `doccentr/database/${service}` }),
  );
  secrets.destroy();
  const { username, password } = JSON.parse(secret.SecretString ?? '') as Record<string, string>;
  const { host, port } = database;
  return createConnection({ host, port, user: username ?? '', password: password ?? '' });
}

it.each(SERVICES)('the user of %s reaches its own database and no other', async (service) => {
  const connection = await connectAs(service);
  try {
    await connection.query(`select count(*) from doccentr_${service}.outbox`);
    for (const other of SERVICES.filter((name) => name !== service)) {
      const reading = connection.query(`select * from doccentr_${other}.outbox limit 1`);
      await expect(reading, other).rejects.toMatchObject({ code: 'ER_TABLEACCESS_DENIED_ERROR' });
      const making = connection.query(`create table doccentr_${other}.mine (id int)`);
      await expect(making, other).rejects.toMatchObject({ code: 'ER_TABLEACCESS_DENIED_ERROR' });
    }
    const [seen] = await connection.query<RowDataPacket[]>('show databases');
    const names = seen
      .map((row) => String(row['Database']))
      .filter((name) => name !== 'information_schema');
    expect(names).toEqual([`doccentr_${service}`]);
    await expect(connection.query('select user from mysql.user')).rejects.toThrow(/denied/u);
  } finally {
    await connection.end();
  }
});
