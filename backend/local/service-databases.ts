import { createConnection } from 'mysql2/promise';

import type { RootConnection } from './mariadb';

export interface ServiceDatabase {
  /** `doccentr_clients`. */
  readonly database: string;
  readonly username: string;
  readonly password: string;
}

/**
 * One database and one user for each service; a user reaches its own database and no other. What
 * exists stays, but for passwords, which follow the stack's secrets.
 */
export async function createServiceDatabases(
  connection: RootConnection,
  databases: readonly ServiceDatabase[],
): Promise<void> {
  const root = await createConnection({ ...connection });
  try {
    for (const { database, username, password } of databases) {
      const name = root.escapeId(database);
      const account = `${root.escape(username)}@${root.escape(connection.host)}`;
      const secret = root.escape(password);
      await root.query(
        `CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      );
      await root.query(`CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ${secret}`);
      await root.query(`ALTER USER ${account} IDENTIFIED BY ${secret}`);
      // In a grant, `_` stands for any character unless it is escaped.
      const pattern = name.replaceAll('_', '\\_');
      await root.query(`GRANT ALL PRIVILEGES ON ${pattern}.* TO ${account}`);
    }
  } finally {
    await root.end();
  }
}
