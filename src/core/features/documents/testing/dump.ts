import { createHash, type Hash } from 'node:crypto';

import type { BusinessContext } from '../../../context';

/** A hash over everything that a business keeps: equal exactly when nothing changed. */
export function dumpHash({ replica, ledger }: BusinessContext): string {
  const hash = createHash('sha256');
  const tables = replica.connection
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list WHERE type IN ('table', 'shadow') ORDER BY name`,
    )
    .all();
  for (const { name } of tables) {
    hash.update(name);
    for (const row of replica.connection.prepare(`SELECT * FROM "${name}"`).iterate()) {
      addRow(hash, row as object);
    }
  }
  for (const entry of ledger.entries()) addRow(hash, entry);
  for (const entry of ledger.unsettled()) addRow(hash, entry);
  return hash.digest('hex');
}

/** Bytes go in as they are: as JSON they would be ten times as long. */
function addRow(hash: Hash, row: object): void {
  for (const value of Object.values(row)) {
    hash.update(value instanceof Uint8Array ? value : `${JSON.stringify(value)};`);
  }
}
