import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';

import type { StackInputsGiven } from '../../../backend/infra/inputs';
import type { Cloud } from '../../../backend/local/cloud';
import { startCloud } from '../../../backend/local/cloud';
import type { Definition } from '../../../backend/local/cloud-options';
import { platformDefinition } from '../../../backend/local/platform-definition';
import { createTestDirectory, removeTestDirectory } from '../../../backend/local/testing';
import { until } from './rest';

/** A cloud of a test's own, whose services can be killed at checkpoints. */
export interface OwnCloud {
  readonly cloud: Cloud;
  /** Has the next process that comes by each of these checkpoints kill itself there. */
  arm(checkpoints: readonly string[]): void;
  /** Waits until every armed checkpoint has struck. */
  untilStruck(seconds?: number): Promise<void>;
  /** Rows of a service's database. */
  rows(
    service: string,
    query: string,
    values?: readonly unknown[],
  ): Promise<readonly RowDataPacket[]>;
  stop(): Promise<void>;
}

/** `inputs`: of the stack, other than a local cloud has; `services`: other than those built here. */
export async function startOwnCloud(
  inputs: Partial<StackInputsGiven> = {},
  services: Partial<Pick<Definition, 'script' | 'migrations'>> = {},
): Promise<OwnCloud> {
  const dataDirectory = createTestDirectory();
  const folder = mkdtempSync(join(tmpdir(), 'doccentr-kill-'));
  const cloud = await startCloud({
    dataDirectory,
    definition: { ...platformDefinition(inputs), ...services },
    serviceEnvironment: { DOCCENTR_KILL_AT: folder, DOCCENTR_LOG_LEVEL: 'warn' },
  });
  let connection: Connection | undefined;

  async function query(service: string, text: string, values: readonly unknown[]) {
    connection ??= await createConnection({ ...cloud.database.connection, timezone: 'Z' });
    await connection.query(`use doccentr_${service}`);
    const [rows] = await connection.query<RowDataPacket[]>(text, [...values]);
    return rows;
  }

  return {
    cloud,
    arm(checkpoints) {
      for (const name of checkpoints) writeFileSync(join(folder, name), '');
    },
    async untilStruck(seconds = 60) {
      await until(
        `a crash at ${readdirSync(folder).join(', ')}`,
        () => Promise.resolve(readdirSync(folder).length === 0),
        seconds,
      );
    },
    async rows(service, text, values = []) {
      try {
        return await query(service, text, values);
      } catch {
        // The server was restarted meanwhile, which is what some tests do.
        connection?.destroy();
        connection = undefined;
        return query(service, text, values);
      }
    },
    async stop() {
      await connection?.end();
      await cloud.stop();
      removeTestDirectory(dataDirectory);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
