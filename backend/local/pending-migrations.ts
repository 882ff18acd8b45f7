import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

import type { Definition } from './cloud-options';
import type { RootConnection } from './mariadb';
import type { Program } from './run-services';

/** drizzle's list of migrations; `when` is what it compares with the last one applied. */
const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })) });

/**
 * The services whose database lacks a migration. It costs a process of a second to have a service
 * find out that there is nothing to do, and on most starts there is nothing for any of them.
 */
export async function withPendingMigrations(
  connection: RootConnection,
  definition: Definition,
  programs: readonly Program[],
): Promise<readonly Program[]> {
  const { migrations } = definition;
  if (migrations === undefined) return programs;
  const root = await createConnection({ ...connection });
  try {
    const pending: Program[] = [];
    for (const program of programs) {
      const newest = newestIn(migrations(program.name));
      const [rows] = await root
        .query<RowDataPacket[]>('SELECT MAX(created_at) AS newest FROM ??.__drizzle_migrations', [
          `doccentr_${program.name}`,
        ])
        // The table comes with the first migration.
        .catch(() => [[]] as const);
      if (newest === null || Number(rows[0]?.['newest'] ?? 0) < newest) pending.push(program);
    }
    return pending;
  } finally {
    await root.end();
  }
}

function newestIn(folder: string): number | null {
  try {
    const file = join(folder, 'meta', '_journal.json');
    const { entries } = journalSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return Math.max(...entries.map((entry) => entry.when));
  } catch {
    return null;
  }
}
